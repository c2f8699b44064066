// Bella's case from raising to feedback, each step by whoever takes it, in a browser of their own.
import assert from "node:assert/strict";
import { ORIGIN, login, visitor } from "./browser.mjs";

const WISH = "De jongen blijft bij zijn zus wonen, en er is genoeg geld om van te leven.";

/** The people of the story. */
const PEOPLE = ["noor", "sem", "dirk", "lotte", "lena", "bas"];

/** A day some weeks from now. */
function laterOn() {
  return new Date(Date.now() + 40 * 24 * 3600 * 1000).toISOString().slice(0, 10);
}

/** The steps of somebody on the page of a case, or on a list of requests. */
export class Person {
  constructor(page, hand, scripted = true) {
    this.page = page;
    this.hand = hand;
    this.scripted = scripted;
  }

  /** Unfolds what can be done, in all of the page or in a part of it. */
  async unfold(title, where = this.page) {
    await this.hand.press(where.locator("summary", { hasText: title }));
    return where.locator("details", { has: this.page.locator("summary", { hasText: title }) }).locator("form");
  }

  async send(form, name = "Leg vast") {
    await this.hand.press(form.getByRole("button", { name }));
    const done = this.page.locator("[role=status].db-alert");
    const wrong = this.page.locator("[role=alert]");
    await done.or(wrong).first().waitFor();
    assert.equal(await wrong.count(), 0, await wrong.allInnerTexts().then((texts) => texts.join("; ")));
    return done.innerText();
  }

  /** Goes through the cases of the page to the one that says this. */
  async find(mark) {
    await this.page.goto(`${ORIGIN}/werk`);
    const lists = ["#verwacht", "#wacht", "#alle"].map((list) => `${list} + .db-queue a[href^='/casussen/']`);
    const links = await this.page.locator(lists.join(", ")).all();
    const places = await Promise.all(links.map((link) => link.getAttribute("href")));
    for (const place of places) {
      await this.page.goto(`${ORIGIN}${place}`);
      if ((await this.page.locator("main").innerText()).includes(mark)) return;
    }
    assert.fail(`no case says ${mark}`);
  }

  /** Admits the case whose evidence says this. */
  async admit(mark) {
    await this.page.goto(`${ORIGIN}/loket`);
    const request = this.page.locator("section", { hasText: mark });
    assert.equal(await request.count(), 1);
    assert.match(await request.innerText(), /Alles wat deze trede vraagt, is gegeven/);
    await this.hand.press(request.getByRole("button", { name: "Laat de casus toe" }));
    await this.page.waitForURL(/gedaan=toelaten/);
  }

  /** Asks for a rung by its name, and gives all that it asks. */
  async climb(rung, { basis, why, evidence }) {
    await this.hand.press(this.page.getByRole("link", { name: "Een stap hoger" }));
    await this.page.waitForURL(/hoger/);
    const other = this.page.locator("a[href*='trede=']", { hasText: rung });
    if ((await other.count()) > 0) {
      await this.hand.press(other);
      await this.page.waitForURL(/trede=/);
    }
    const form = this.page.locator("form[action$='/hoger']");
    assert.equal(await form.locator("h2").innerText(), rung);
    for (const field of await form.locator("textarea").all()) await this.hand.write(field, evidence);
    if (why) await this.hand.tick(form.getByLabel(why));
    await this.hand.pick(form.locator("select"), basis);
    await this.send(form, "Vraag om een stap hoger");
  }
}

/**
 * Lives the story. `hand` makes the hands of somebody on a page; `options` are those of their browser
 * contexts; `mark` tells this case from all others.
 */
export async function live(browser, { hand, options, mark }) {
  await together(browser, { hand, options }, (people) => tell(people, mark));
}

/** The people of the story, each in a browser of their own, about which nothing was to complain. */
export async function together(browser, { hand, options }, lived) {
  const contexts = [];
  const complaints = [];
  const people = {};
  for (const name of PEOPLE) {
    const one = await visitor(browser, options);
    contexts.push(one.context);
    complaints.push(one.complaints);
    await login(one.page, name);
    people[name] = new Person(one.page, hand(one.page), options.javaScriptEnabled !== false);
  }
  try {
    await lived(people);
    assert.deepEqual(complaints.flat(), []);
  } finally {
    for (const context of contexts) await context.close();
  }
}

/** Noor raises a case of which others hear by its mark. */
export async function raise(noor, mark) {
  // Noor raises the case.
  await noor.hand.press(noor.page.locator("nav a[href='/casussen/nieuw']"));
  await noor.page.waitForURL(/nieuw/);
  const raising = noor.page.locator("form[action='/casussen/nieuw']");
  await noor.hand.write(noor.page.locator("#verhaal"), "Een zus zorgt voor haar broer. De kinderbijslag is gestopt.");
  await noor.hand.write(noor.page.locator("#wens"), WISH);
  await noor.hand.pick(noor.page.locator("#onderwerp"), "Gezinsinkomen");
  await noor.hand.tick(noor.page.getByLabel("21 tot en met 26 jaar"));
  await noor.hand.press(raising.locator("summary"));
  await noor.hand.write(noor.page.locator("#woorden"), "Ik wil gewoon voor hem zorgen.");
  await noor.hand.write(noor.page.locator("#geprobeerd"), "Bijzondere bijstand");
  await noor.hand.write(noor.page.locator("#kenmerk"), mark);
  await noor.send(raising, "Breng de casus in");
  assert.equal(await noor.page.locator("[aria-current=step] b").innerText(), "Eigen werk");
}

/** She records what blocks it, and asks the national desk. */
export async function ask(noor, mark) {
  const form = await noor.unfold("Leg vast wat blokkeert");
  await noor.hand.tick(form.getByLabel("Een wet, regel of protocol"));
  await noor.hand.write(form.locator("[name=tekst]"), "Kinderbijslag vraagt een ouder of voogd.");
  await noor.send(form);
  await noor.climb("Landelijk loket", {
    basis: "Toestemming voor het landelijke loket",
    why: "Daar mag niemand hierover beslissen",
    evidence: `Opgeschreven voor ${mark}.`,
  });
  assert.match(await noor.page.locator(".db-ladder").innerText(), /Gevraagd om op te pakken/);
}

/** The desk admits it, and asks the table; a second person there admits it to that. Gives its id. */
export async function toTable({ noor, dirk, lotte }, mark) {
  await dirk.admit(mark);
  const waiting = noor.page.url().split("/").pop().split("?")[0];
  await dirk.page.goto(`${ORIGIN}/casussen/${waiting}`);
  await dirk.climb("Landelijke tafel", {
    basis: "Toestemming voor de landelijke tafel",
    evidence: `De tafel vraagt dit voor ${mark}.`,
  });
  await lotte.admit(`De tafel vraagt dit voor ${mark}.`);
  return waiting;
}

async function tell({ noor, sem, dirk, lotte, lena, bas }, mark) {
  await raise(noor, mark);

  // She asks the SVB, which has no power.
  let form = await noor.unfold("Vraag een andere organisatie om hulp");
  await noor.hand.pick(form.locator("[name=aan]"), "Sociale Verzekeringsbank");
  await noor.hand.tick(form.getByLabel("Vraag om één ding te doen"));
  await noor.hand.pick(form.locator("[name=uitkomst]"), "herstel de uitkering");
  await noor.hand.write(form.locator("[name=tekst]"), `Kan de kinderbijslag worden hersteld? (${mark})`);
  await noor.hand.pick(form.locator("[name=grondslag]"), "Eigen taak van de gemeente in het sociaal domein");
  assert.match(await noor.send(form), /vraag is gesteld/);
  await sem.page.goto(`${ORIGIN}/vragen`);
  const card = sem.page.locator(".db-offer[aria-labelledby^='v-']").last();
  assert.doesNotMatch(await card.innerText(), new RegExp(mark));
  form = await sem.unfold("Wij kunnen dit niet", card);
  await sem.hand.tick(form.getByLabel("de regels laten geen ruimte"));
  await sem.hand.write(form.locator("[name=alternatief]"), "Leg dit hoger voor. Wij denken mee.");
  await sem.send(form, "Geef dit antwoord");

  // She records what blocks it, and asks the national desk.
  await noor.page.reload();
  assert.match(await noor.page.locator("main").innerText(), /Leg dit hoger voor|Kan dit niet/);
  await ask(noor, mark);
  const waiting = await toTable({ noor, dirk, lotte }, mark);

  // The table asks the tax office, which promises.
  await lena.page.goto(`${ORIGIN}/casussen/${waiting}`);
  form = await lena.unfold("Vraag een toezegging");
  await lena.hand.pick(form.locator("[name=aan]"), "Belastingdienst");
  await lena.hand.write(form.locator("[name=tekst]"), `Wilt u het budget laten volgen? (${mark})`);
  await lena.send(form);
  await bas.find(mark);
  form = await bas.unfold(/^Zeg toe$/);
  await bas.hand.write(form.locator("[name=tekst]"), "Wij kennen het budget toe.");
  await bas.hand.write(form.locator("[name=mandaat]"), "Besluit van de directeur");
  await bas.hand.day(form.locator("[name=dag]"), laterOn());
  await bas.send(form);

  // The table decides and tells the raiser; Noor tells the citizen.
  await lena.page.reload();
  form = await lena.unfold("Neem een besluit");
  await lena.hand.write(form.locator("[name=tekst]"), "De zus krijgt het budget, omdat zij voor haar broer zorgt.");
  await lena.hand.tick(form.getByLabel("Afwijken van een beleidsregel"));
  await lena.hand.tick(form.getByLabel("Rechtvaardigheid"));
  await lena.hand.write(form.locator("[name=obstakel]"), "De regels kennen de zorg van een zus niet.");
  await lena.send(form);
  form = await lena.unfold("Vertel de inbrenger wat eruit kwam");
  await lena.hand.write(form.locator("[name=tekst]"), "De Belastingdienst doet wat er gevraagd is.");
  await lena.send(form);
  await noor.page.reload();
  const said = noor.page.locator("section[aria-labelledby=besloten]");
  assert.match(await said.innerText(), /omdat zij voor haar broer zorgt/);
  assert.match(await said.innerText(), /doet wat er gevraagd is/);
  form = await noor.unfold("Leg vast wat de inwoner is verteld");
  await noor.hand.write(form.locator("[name=tekst]"), "Je krijgt het budget weer.");
  await noor.send(form);
  assert.match(await said.innerText(), /Je krijgt het budget weer/);
}
