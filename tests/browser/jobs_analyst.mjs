// The analyst: what all cases together get stuck on, as pictures with a table beside each.
import assert from "node:assert/strict";
import { findings, inContext, login } from "./browser.mjs";
import { everyWay } from "./hands.mjs";

/** Where it is told what cases get stuck on. */
const CHARTS = ["theme", "rule", "block", "refusal"];
/** The fewest cases that are told. */
const SMALLEST = 5;
/** What `demo --cases 40` has of these themes in the last four quarters; the others go before. */
const THEMES = { Schulden: ["< 5", "5", "9", "10"], Zorg: ["< 5", "< 5", "< 5", "6"] };

/** A picture and the table beside it, as a reader has them. */
function read(section) {
  return section.evaluate((section) => {
    const number = (shape, name) => Number(shape.getAttribute(name));
    const texts = (parts) => [...parts].map((part) => part.textContent.trim());
    const rows = [...section.querySelectorAll("tbody tr")];
    return {
      title: section.querySelector("h2").textContent.trim(),
      pictures: section.querySelectorAll("svg[role=img]").length,
      named: section.querySelector("svg").getAttribute("aria-labelledby").split(" ").every((id) => document.getElementById(id)),
      labels: texts(section.querySelectorAll("svg text")),
      bars: [...section.querySelectorAll("svg rect")].map((bar) => ({
        x: number(bar, "x"),
        y: number(bar, "y"),
        width: number(bar, "width"),
        height: number(bar, "height"),
      })),
      heads: texts(section.querySelectorAll("thead th")).slice(1),
      names: rows.map((row) => row.querySelector("th").textContent.trim()),
      cells: rows.map((row) => texts(row.querySelectorAll("td"))),
    };
  });
}

/** A bar for each number of the table and for nothing else, each as high as its number says. */
function samePicture({ title, pictures, named, labels, bars, names, cells }) {
  assert.equal(pictures, 1, title);
  assert.equal(named, true, title);
  assert.equal(labels.length, names.length);
  labels.forEach((label, row) => assert.ok(names[row].startsWith(label.replace(/…$/, "")), label));
  const told = cells.flatMap((row) => row.map((cell, place) => ({ cell, place }))).filter(({ cell }) => cell !== `< ${SMALLEST}`);
  for (const { cell } of told) assert.ok(Number(cell) >= SMALLEST, `${title}: ${cell} is told`);
  assert.equal(bars.length, told.length, title);
  const most = Math.max(...told.map(({ cell }) => Number(cell)));
  const highest = Math.max(...bars.map((bar) => bar.height));
  const columns = [];
  bars.forEach((bar, nth) => {
    const { cell, place } = told[nth];
    const height = (highest * Number(cell)) / most;
    assert.ok(Math.abs(bar.height - height) <= 1, `${title}: ${cell} is ${bar.height} high instead of ${height}`);
    // Every quarter has its column, and they go from left to right.
    columns[place] ??= bar.x;
    assert.equal(bar.x, columns[place], title);
  });
  const found = columns.filter((x) => x !== undefined);
  assert.deepEqual(found, [...new Set(found)].sort((one, other) => one - other), title);
}

/** How long cases stood on each rung: the bar is the half in the middle of what the table says. */
function sameStays({ bars, names, cells }) {
  assert.equal(bars.length, names.length);
  const days = cells.map((row) => row.map(Number));
  const longest = Math.max(...days.map((row) => row[3]));
  for (const [nth, [cases, quarter, half, threeQuarters]] of days.entries()) {
    assert.ok(cases >= SMALLEST && quarter <= half && half <= threeQuarters, cells[nth].join());
    const width = (260 * (threeQuarters - quarter)) / longest;
    assert.ok(Math.abs(bars[nth].width - width) <= 4, `${names[nth]}: ${bars[nth].width} wide instead of ${width}`);
  }
}

function learn(browser, options, hands) {
  return inContext(browser, options, async (page) => {
    await login(page, "hanna");
    await hands(page).press(page.getByRole("navigation").getByRole("link", { name: "Inzicht" }));
    await page.locator("h1", { hasText: "Inzicht" }).waitFor();
    const main = page.locator("main");
    assert.match(await main.innerText(), /geen aantal onder de 5/);
    assert.equal(await page.locator(".db-empty").count(), 0, "too few cases: start the demo with --cases 40");
    for (const chart of CHARTS) {
      const said = await read(page.locator(`section[aria-labelledby=i-${chart}]`));
      samePicture(said);
      assert.equal(said.heads.length, 8);
      if (chart !== "theme") continue;
      assert.deepEqual(said.names, Object.keys(THEMES));
      said.cells.forEach((row, nth) => {
        assert.deepEqual(row, [...Array(4).fill("< 5"), ...THEMES[said.names[nth]]]);
      });
    }
    sameStays(await read(page.locator("section[aria-labelledby=i-stays]")));
    assert.doesNotMatch(await main.innerText(), /Fenna|Bella/);
    assert.deepEqual(await findings(page), []);
  });
}

export const LEARNING = everyWay("an analyst reads what cases get stuck on, in pictures and numbers alike", learn);
