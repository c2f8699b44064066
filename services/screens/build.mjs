// Makes one stylesheet of NL Design System's component CSS: free tokens and the components that the
// templates use, everything else left out. Usage: node build.mjs TEMPLATES OUT
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PurgeCSS } from "purgecss";

const [templates, out] = process.argv.slice(2);
const parts = [
  "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css",
  "@utrecht/component-library-css/dist/index.css",
  "@nl-design-system-candidate/button-css/dist/button.css",
  "@nl-design-system-candidate/heading-css/dist/heading.css",
  "@nl-design-system-candidate/paragraph-css/dist/paragraph.css",
  "@nl-design-system-candidate/link-css/dist/link.css",
  "@nl-design-system-candidate/skip-link-css/dist/skip-link.css",
];
const raw = parts.map((part) => readFileSync(join("node_modules", part), "utf8")).join("\n");
const files = readdirSync(templates, { recursive: true })
  .filter((name) => name.endsWith(".html"))
  .map((name) => join(templates, name));
const [{ css }] = await new PurgeCSS().purge({
  content: files,
  css: [{ raw }],
  variables: true,
  keyframes: true,
  fontFace: true,
});
// Nothing is loaded from elsewhere, and the policy of the pages allows no data: addresses either.
const kept = css
  .replace(/\/\*[\s\S]*?\*\//g, "")
  .replace(/[^;{}]*url\([^)]*\)[^;{}]*;?/g, "")
  .replace(/\s*\n\s*/g, "\n");
writeFileSync(join(out, "vendor.css"), kept);
