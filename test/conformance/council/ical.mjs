// Reads a calendar with ical.js and prints, as JSON, what an agenda would show. Usage: node ical.mjs file.ics
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const root = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
for (const zone of root.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
const events = root.getAllSubcomponents("vevent").map((one) => {
  const e = new ICAL.Event(one);
  return { uid: e.uid, sequence: e.sequence, summary: e.summary, status: one.getFirstPropertyValue("status"),
    start: e.startDate.isDate ? e.startDate.toString() : e.startDate.toJSDate().toISOString(),
    end: e.endDate.isDate ? e.endDate.toString() : e.endDate.toJSDate().toISOString() };
});
console.log(JSON.stringify({ method: root.getFirstPropertyValue("method"), events }));
