// What is answered on the page of a case, and what somebody is writing and does not lose.
import assert from "node:assert/strict";
import { ORIGIN, findings, inContext, login } from "./browser.mjs";
import { everyWay } from "./hands.mjs";
import { Person } from "./story.mjs";

const STORY = "Haar schulden groeien, en niemand wil als eerste iets doen.";

/** Noor asks the SVB for an advance; the place of the case. */
async function askedForAdvance(browser, options, of) {
  let place;
  await inContext(browser, options, async (page) => {
    await login(page, "noor");
    const noor = new Person(page, of(page));
    await page.goto(`${ORIGIN}/casussen/nieuw`);
    await noor.hand.write(page.locator("#verhaal"), STORY);
    await noor.hand.write(page.locator("#wens"), "Rust tot er een regeling is.");
    await noor.hand.pick(page.locator("#onderwerp"), "Schulden");
    await noor.hand.tick(page.getByLabel("21 tot en met 26 jaar"));
    await noor.hand.press(page.getByRole("button", { name: "Breng de casus in" }));
    await page.waitForURL(/\/casussen\/case_/);
    place = new URL(page.url()).pathname;
    const form = await noor.unfold("Vraag een andere organisatie om hulp");
    await noor.hand.pick(form.locator("[name=aan]"), "Sociale Verzekeringsbank");
    await noor.hand.tick(form.getByLabel("Vraag om één ding te doen"));
    await noor.hand.pick(form.locator("[name=uitkomst]"), "geef een voorschot");
    await noor.hand.write(form.locator("[name=tekst]"), "Kan er een voorschot komen?");
    await noor.hand.pick(form.locator("[name=grondslag]"), "Eigen taak van de gemeente in het sociaal domein");
    await noor.send(form);
  });
  return place;
}

/** The SVB proposes something else, and Noor does not take it. */
async function counterOffer(browser, options, of) {
  const place = await askedForAdvance(browser, options, of);
  await inContext(browser, options, async (page) => {
    await login(page, "sem");
    const sem = new Person(page, of(page));
    await page.goto(`${ORIGIN}/vragen`);
    const card = page.locator(".db-offer", { hasText: "geef een voorschot" }).last();
    const form = await sem.unfold("Iets anders voorstellen", card);
    await sem.hand.write(form.locator("[name=alternatief]"), "Een betaling in delen.");
    await sem.hand.write(form.locator("[name=tekst]"), "De wet kent geen voorschot.");
    await sem.send(form, "Doe dit voorstel");
  });
  await inContext(browser, options, async (page) => {
    await login(page, "noor");
    const noor = new Person(page, of(page));
    await page.goto(`${ORIGIN}${place}`);
    const main = page.locator("main");
    assert.match(await main.innerText(), /De wet kent geen voorschot/);
    assert.match(await main.innerText(), /Een betaling in delen/);
    await noor.hand.press(page.locator("a[href^='#doe-tegenvoorstel-ja-']"));
    const form = await noor.unfold("Neem het voorstel niet aan");
    await noor.send(form).then(
      () => assert.fail("a refusal has a reason"),
      () => page.locator("[role=alert]").waitFor(),
    );
    const again = page.locator("form[action$='/doen/tegenvoorstel-nee']");
    await noor.hand.tick(again.getByLabel("het helpt de inwoner niet genoeg"));
    await noor.hand.press(again.getByRole("button", { name: "Leg vast" }));
    await page.waitForURL(/gedaan=tegenvoorstel-nee/);
    assert.match(await main.innerText(), /Dit voorstel is niet aangenomen/);
    assert.equal(await page.locator("a[href^='#doe-tegenvoorstel-ja-']").count(), 0);
    // axe is a script itself.
    if (options.javaScriptEnabled !== false) assert.deepEqual(await findings(page), []);
  });
}

/** The SVB helps, by one press, and has it on its list; Noor reads it. */
async function accepted(browser, options, of) {
  const place = await askedForAdvance(browser, options, of);
  await inContext(browser, options, async (page) => {
    await login(page, "sem");
    const card = page.locator(".db-offer", { hasText: "geef een voorschot" }).last();
    await of(page).press(card.getByRole("button", { name: "Wij helpen" }));
    await page.locator("[role=status].db-alert", { hasText: "aangenomen" }).waitFor();
    assert.match(await page.locator("main").innerText(), /Kan er een voorschot komen/);
    assert.deepEqual(await findings(page), []);
  });
  await inContext(browser, options, async (page) => {
    await login(page, "noor");
    await page.goto(`${ORIGIN}${place}`);
    assert.match(await page.locator("main").innerText(), /De gevraagde organisatie helpt mee/);
  });
}

/** The draft whose name stands in the address. */
function concept(page) {
  return new URL(page.url()).searchParams.get("concept");
}

/** Throws the draft away that the page is about. */
async function discard(page) {
  await page.locator("#weggooien summary").click();
  await page.locator("#weggooien").getByRole("button", { name: "Gooi weg" }).click();
  await page.waitForURL(/gedaan=concept-weg/);
  assert.match(await page.locator("main [role=status]").innerText(), /weggegooid/);
}

export const CASE = {
  ...everyWay("a counter-offer is read and not taken", counterOffer),
  ...everyWay("what is asked is accepted", accepted),

  "what is typed is kept by itself, survives the browser, and is thrown away": async (browser) => {
    let name;
    await inContext(browser, {}, async (page) => {
      await login(page, "noor");
      await page.goto(`${ORIGIN}/casussen/nieuw`);
      await page.locator("#verhaal").fill(STORY);
      await page.locator("#bewaard", { hasText: "Uw concept is bewaard" }).waitFor();
      name = concept(page);
      // Kept a second time, with the token of the first answer, it is still one draft.
      await page.locator("#wens").fill("Rust.");
      await page.waitForResponse((answer) => answer.request().method() === "GET" && answer.url().includes(name));
      assert.equal(concept(page), name);
      assert.equal(await page.locator("#verhaal").inputValue(), STORY);
      assert.deepEqual(await findings(page), []);
    });
    await inContext(browser, {}, async (page) => {
      await login(page, "noor");
      await page.locator(`a[href$='concept=${name}']`).click();
      await page.waitForURL(/concept=/);
      assert.equal(await page.locator("#verhaal").inputValue(), STORY);
      assert.equal(await page.locator("#wens").inputValue(), "Rust.");
      await discard(page);
      assert.equal(await page.locator(`a[href$='concept=${name}']`).count(), 0);
    });
  },

  "what is typed while the session ends is kept after logging in elsewhere": (browser) =>
    inContext(browser, {}, async (page) => {
      await login(page, "noor");
      await page.goto(`${ORIGIN}/casussen/nieuw`);
      await page.context().clearCookies();
      await page.locator("#verhaal").fill(STORY);
      await page.locator("#bewaard a").waitFor();
      assert.match(await page.locator("#bewaard").innerText(), /nog niet bewaard/);
      const other = await page.context().newPage();
      await login(other, "noor");
      await other.close();
      await page.locator("#wens").fill("Rust.");
      await page.locator("#bewaard", { hasText: "Uw concept is bewaard" }).waitFor();
      await page.reload();
      assert.equal(await page.locator("#verhaal").inputValue(), STORY);
      await discard(page);
    }),

  "what is sent after the session ended comes back, without script": (browser) =>
    inContext(browser, { javaScriptEnabled: false }, async (page) => {
      await login(page, "noor");
      await page.goto(`${ORIGIN}/casussen/nieuw`);
      await page.locator("#verhaal").fill(STORY);
      await page.context().clearCookies();
      await page.getByRole("button", { name: "Bewaar als concept" }).click();
      await page.locator("h1", { hasText: "Dit is nog niet verstuurd" }).waitFor();
      assert.equal(await page.getByLabel("Wat is er aan de hand?").inputValue(), STORY);
      const other = await page.context().newPage();
      await login(other, "noor");
      await other.close();
      await page.getByRole("button", { name: "Ik ben aangemeld: ga verder" }).click();
      await page.getByRole("button", { name: "Verstuur" }).click();
      await page.waitForURL(/concept=/);
      assert.equal(await page.locator("#verhaal").inputValue(), STORY);
      await discard(page);
    }),
};
