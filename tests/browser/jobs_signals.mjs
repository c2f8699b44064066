// Signals and what an administrator answers for; absence, weighing, and moving a meeting.
import assert from "node:assert/strict";
import { ORIGIN, findings, inContext, login, raise } from "./browser.mjs";
import { everyWay } from "./hands.mjs";

/** Sends the form of a deed, which says afterwards what was done. */
async function send(page, hand, deed, done) {
  await hand.press(page.locator(`form[action$='/doen/${deed}']`).locator("button[type=submit]"));
  await page.waitForURL(new RegExp(`gedaan=${deed}`));
  assert.match(await page.locator("[role=status].db-alert").innerText(), done);
}

async function unfold(page, hand, title) {
  await hand.press(page.locator("summary", { hasText: title }));
}

/** A signal from raising to its answer, by three people in three browsers. */
async function signal(browser, options, hands) {
  let place;
  await inContext(browser, options, async (page) => {
    const hand = hands(page);
    await login(page, "noor");
    await hand.press(page.locator("nav a[href='/signalen']"));
    await page.waitForURL(/signalen$/);
    await hand.press(page.getByRole("link", { name: "Geef een signaal" }));
    await page.waitForURL(/signalen\/nieuw/);
    const text = page.locator("[name=tekst]");
    await hand.write(text, "Bel 0612345678 maar.");
    await hand.press(page.getByRole("button", { name: "Geef dit signaal" }));
    await page.locator("#signaleren-tekst-fout").waitFor();
    assert.match(await page.locator("#signaleren-tekst-fout").innerText(), /telefoonnummer/);
    assert.deepEqual(await findings(page), []);
    await text.fill("");
    await hand.write(text, "Aanvragen voor jongeren liggen te lang.");
    await hand.pick(page.locator("[name=waarover]"), "Wonen");
    await hand.tick(page.getByLabel("Elke week of vaker"));
    await hand.pick(page.locator("[name=wie]"), "Gemeente Utrecht");
    await hand.press(page.getByRole("button", { name: "Geef dit signaal" }));
    await page.waitForURL(/gedaan=signaleren/);
    place = new URL(page.url()).pathname;
    assert.match(await page.locator("main").innerText(), /Zoekt een eigenaar/);
    assert.deepEqual(await findings(page), []);
  });
  await inContext(browser, options, async (page) => {
    const hand = hands(page);
    await login(page, "petra");
    await page.goto(`${ORIGIN}${place}`);
    await unfold(page, hand, "Geef het signaal een eigenaar");
    assert.equal(await page.locator("[name=wie]").evaluate((list) => list.selectedOptions[0].label), "Gemeente Utrecht");
    await send(page, hand, "toewijzen", /heeft een eigenaar/);
  });
  await inContext(browser, options, async (page) => {
    const hand = hands(page);
    await login(page, "anna");
    // An administrator comes in there.
    assert.equal(new URL(page.url()).pathname, "/bestuur");
    assert.deepEqual(await findings(page), []);
    await hand.press(page.locator(`a[href='${place}']`));
    await page.waitForURL(`${ORIGIN}${place}`);
    await unfold(page, hand, "Geef antwoord");
    const form = page.locator("form[action$='/doen/antwoorden']");
    await hand.tick(form.getByLabel("Dit gaan wij veranderen"));
    await hand.write(form.locator("[name=tekst]"), "Wij helpen jongeren voortaan eerst.");
    await send(page, hand, "antwoorden", /antwoord is gegeven/);
    assert.match(await page.locator("#stappen + ol").innerText(), /Geprobeerd in de praktijk/);
    await unfold(page, hand, "Leg de volgende stap vast");
    await send(page, hand, "stap", /stap is vastgelegd/);
    assert.deepEqual(await findings(page), []);
  });
}

/** A liaison is away for a week; who covers sees it; and the liaison is back. */
async function cover(browser, options, hands) {
  const day = (days) => new Date(Date.now() + days * 24 * 3600 * 1000).toISOString().slice(0, 10);
  await inContext(browser, options, async (page) => {
    const hand = hands(page);
    await login(page, "tara");
    await page.goto(`${ORIGIN}/vragen`);
    await hand.press(page.locator("a[href='/afwezig']"));
    await page.waitForURL(/afwezig/);
    await unfold(page, hand, "Meld dat u afwezig bent");
    const form = page.locator("form[action$='/doen/afwezig']");
    // A browser without a clock of its own may be a day ahead of the platform, or behind it.
    await hand.day(form.locator("[name=van]"), day(-1));
    await hand.day(form.locator("[name=tot]"), day(6));
    await send(page, hand, "afwezig", /wie waarneemt/);
    assert.match(await page.locator("main").innerText(), /U bent afwezig/);
    assert.deepEqual(await findings(page), []);
  });
  await inContext(browser, options, async (page) => {
    const hand = hands(page);
    await login(page, "bas");
    await page.goto(`${ORIGIN}/vragen`);
    await hand.press(page.locator("a[href='/afwezig']"));
    await page.waitForURL(/afwezig/);
    assert.match(await page.locator("#afwezig + ul").innerText(), /U neemt waar/);
    assert.deepEqual(await findings(page), []);
  });
  await inContext(browser, options, async (page) => {
    await login(page, "tara");
    await page.goto(`${ORIGIN}/afwezig`);
    await send(page, hands(page), "weer-terug", /U bent er weer/);
    assert.doesNotMatch(await page.locator("main").innerText(), /U bent afwezig/);
  });
}

/** A case is weighed, one part at a time. */
function weigh(browser, options, hands) {
  return inContext(browser, options, async (page) => {
    const hand = hands(page);
    await login(page, "noor");
    await raise(page);
    await hand.press(page.getByRole("link", { name: "Wegen" }));
    await page.waitForURL(/wegen/);
    assert.deepEqual(await findings(page), []);
    await hand.press(page.locator("a[href*='methode=value_triangle']"));
    await page.waitForURL(/methode=/);
    for (const score of ["4", "5, goed", "3"]) {
      const form = page.locator("form[action$='/wegen']");
      await hand.write(form.locator("[name=tekst]"), "Dit helpt het gezin.");
      await hand.tick(form.getByLabel(score, { exact: true }));
      await hand.press(form.locator("button[type=submit]"));
      await page.locator("[role=status].db-alert").waitFor();
      await page.waitForURL(/gedaan=wegen/);
      await page.locator(".db-badge", { hasText: `${score[0]} van 5` }).last().waitFor();
    }
    assert.equal(await page.locator("h2 .db-badge").last().innerText(), "voldoende");
    assert.deepEqual(await findings(page), []);
  });
}

/** A meeting is planned, moved and called off. */
function move(browser, options, hands) {
  return inContext(browser, options, async (page) => {
    const hand = hands(page);
    const year = new Date().getFullYear() + 1;
    await login(page, "lotte");
    await page.goto(`${ORIGIN}/tafel`);
    await unfold(page, hand, "Plan een vergadering");
    const plan = page.locator("form[action$='/doen/plannen']");
    await hand.tick(plan.getByLabel("Landelijke tafel"));
    await hand.moment(plan.getByLabel("Wanneer?"), `${year}-03-01T10:00`);
    await hand.press(plan.locator("button[type=submit]"));
    await page.waitForURL(/gedaan=plannen/);
    assert.match(await page.locator("h1 + p").innerText(), /1 maart/);
    await unfold(page, hand, "Verzet de vergadering");
    await hand.moment(page.locator("form[action$='/doen/verzetten'] [name=wanneer]"), `${year}-04-01T10:00`);
    await send(page, hand, "verzetten", /is verzet/);
    assert.match(await page.locator("h1 + p").innerText(), /1 april/);
    await unfold(page, hand, "Zeg de vergadering af");
    await hand.write(page.locator("form[action$='/doen/afzeggen'] textarea"), "Niemand kan die dag.");
    await send(page, hand, "afzeggen", /is afgezegd/);
    assert.deepEqual(await findings(page), []);
  });
}

export const SIGNALLING = {
  ...everyWay("a signal is raised, placed and answered", signal),
  ...everyWay("a liaison is away, and who covers sees it", cover),
  ...everyWay("a case is weighed one part at a time", weigh),
  ...everyWay("a meeting is moved and called off", move),
};
