// How somebody works a page: by mouse, or by keyboard alone. Both do the same, so that a story can be
// told once and lived in more than one way.
import assert from "node:assert/strict";

/** More presses of Tab than this and a person gives up. */
const PATIENCE = 150;

/** Somebody with a mouse, with or without script. */
export class Mouse {
  constructor(page) {
    this.page = page;
  }
  async press(locator) {
    await locator.click();
  }
  async write(locator, text) {
    await locator.fill(text);
  }
  async pick(locator, label) {
    await locator.selectOption({ label });
  }
  async tick(locator) {
    await locator.check();
  }
  async day(locator, iso) {
    await locator.fill(iso);
  }
  async moment(locator, iso) {
    await locator.fill(iso);
  }
}

/** Somebody with a keyboard alone. */
export class Keyboard {
  constructor(page) {
    this.page = page;
  }
  /** Presses Tab until this has the focus; it is looked up each time, for an open page may renew itself. */
  async reach(locator) {
    for (let presses = 0; presses < PATIENCE; presses += 1) {
      if (await locator.evaluate((element) => element === document.activeElement)) return;
      await this.page.keyboard.press("Tab");
    }
    assert.fail(`${locator} is not reached by the keyboard`);
  }
  async press(locator) {
    await this.reach(locator);
    await this.page.keyboard.press("Enter");
  }
  async write(locator, text) {
    await this.reach(locator);
    await this.page.keyboard.type(text);
  }
  async pick(locator, label) {
    await this.reach(locator);
    await this.page.keyboard.type(label.slice(0, 60));
    assert.equal(await locator.evaluate((list) => list.selectedOptions[0].label), label);
  }
  async tick(locator) {
    const wanted = await locator.elementHandle();
    if ((await locator.getAttribute("type")) === "checkbox") {
      await this.reach(locator);
      await this.page.keyboard.press("Space");
    } else {
      // Radio buttons are one stop; arrows go round among them.
      const group = await wanted.evaluate((radio) => [...radio.form.elements[radio.name]].indexOf(radio));
      const name = await locator.getAttribute("name");
      const form = locator.locator("xpath=ancestor::form");
      await this.reach(form.locator(`input[name="${name}"]`).first());
      await this.page.keyboard.press("Space");
      for (let presses = 0; presses < group; presses += 1) await this.page.keyboard.press("ArrowDown");
    }
    assert.equal(await locator.isChecked(), true);
  }
  async day(locator, iso) {
    await this.reach(locator);
    // As the browser writes days: month, day, year.
    const [year, month, day] = iso.split("-");
    await this.page.keyboard.type(`${month}${day}${year}`);
    assert.equal(await locator.inputValue(), iso);
  }
  /** Ten in the morning of a day. */
  async moment(locator, iso) {
    await this.reach(locator);
    const [year, month, day] = iso.split("T")[0].split("-");
    await this.page.keyboard.type(`${month}${day}${year}`);
    await this.page.keyboard.press("ArrowRight");
    await this.page.keyboard.type("1000AM");
    assert.equal(await locator.inputValue(), iso);
  }
}

/** The ways in which a job is done: what is put to its name, the browser, and the hands. */
const WAYS = [
  ["by mouse", {}, (page) => new Mouse(page)],
  ["by keyboard alone", {}, (page) => new Keyboard(page)],
  ["without script", { javaScriptEnabled: false }, (page) => new Mouse(page)],
];

/** A job of this name for each way of doing it: `job(browser, options, hands)`. */
export function everyWay(name, job) {
  const jobs = WAYS.map(([way, options, hands]) => [`${name}, ${way}`, (browser) => job(browser, options, hands)]);
  return Object.fromEntries(jobs);
}
