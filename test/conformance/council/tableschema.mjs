// Reads a CSV against a Table Schema with npm tableschema and prints, as JSON, the rows and columns that it
// refuses. Usage: node tableschema.mjs schema.json file.csv
import { readFileSync } from "node:fs";
import tableschema from "tableschema";

const [, , schema, file] = process.argv;
const table = await tableschema.Table.load(file, { schema: JSON.parse(readFileSync(schema, "utf8")) });
const found = [];
for (const value of await table.read({ forceCast: true, extended: true })) {
  if (!(value instanceof Error)) continue;
  for (const e of value.errors?.length ? value.errors : [value]) {
    found.push({ row: e.rowNumber ?? value.rowNumber, column: e.columnNumber ?? value.columnNumber });
  }
}
console.log(JSON.stringify(found));
