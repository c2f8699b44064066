// Is the AsyncAPI document what the public parser takes it for? Usage: asyncapi.mjs FILE
import { readFileSync } from "node:fs";
import { Parser } from "@asyncapi/parser";

const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], "utf8"));
const errors = diagnostics.filter((found) => found.severity === 0);
for (const { code, message, path } of errors) console.log(`${path.join("/")}: ${message} (${code})`);
const messages = document ? document.allMessages().all().length : 0;
if (errors.length > 0 || messages < 50) {
  console.log(`not valid: ${errors.length} errors, ${messages} messages`);
  process.exit(1);
}
console.log(`ok ${messages} messages of the AsyncAPI document parse`);
