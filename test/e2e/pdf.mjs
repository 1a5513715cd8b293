// What a PDF printed by Chromium says: how many pages, which words. Just enough of ISO 32000-1 for that: objects and
// streams (§7.3), fonts whose glyphs are named in a ToUnicode map (§9.10.3), the operators that show text (§9.4.3).
import { inflateSync } from "node:zlib";

/** Reads the number of pages and the text, in the order in which it is drawn. */
export function readPDF(bytes) {
  const objects = new Map();
  const raw = Buffer.from(bytes).toString("latin1");
  for (const [, number, body] of raw.matchAll(/(?:^|[\r\n])(\d+) 0 obj\b([\s\S]*?)\bendobj/g)) objects.set(number, body);
  const sheets = [...objects.values()].filter((o) => /\/Type\s*\/Page\b/.test(o));
  const read = reader(objects);
  return { pages: sheets.length, text: sheets.map(read).join("\n") };
}

function reader(objects) {
  const maps = new Map(); // by object of the font
  const font = (number) => {
    if (!maps.has(number)) {
      const map = objects.get(number)?.match(/\/ToUnicode (\d+) 0 R/);
      maps.set(number, map ? glyphs(stream(objects.get(map[1]))) : new Map());
    }
    return maps.get(number);
  };
  return (sheet) => {
    const resources = sheet + (objects.get(sheet.match(/\/Resources (\d+) 0 R/)?.[1]) ?? "");
    const fonts = new Map([...resources.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name, number]) => [name, number]));
    const contents = sheet.match(/\/Contents \[?\s*(\d+) 0 R/);
    return contents ? words(stream(objects.get(contents[1])), (name) => font(fonts.get(name))) : "";
  };
}

function stream(object) {
  const [before, head, length] = object.match(/^([\s\S]*?\/Length (\d+)[\s\S]*?)stream\r?\n/);
  const bytes = Buffer.from(object.slice(before.length, before.length + Number(length)), "latin1");
  return (/FlateDecode/.test(head) ? inflateSync(bytes) : bytes).toString("latin1");
}

/** The characters of glyphs: lines « <0003> <0020> » and « <0003> <0005> <0020> ». A glyph keeps its digits: the fonts
 * that Chromium draws itself (Type 3) number theirs on one byte, the others on two. */
function glyphs(map) {
  const found = new Map();
  for (const [, lines] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g)) {
    for (const [, glyph, text] of lines.matchAll(/<(\w+)> <(\w+)>/g)) found.set(glyph.toUpperCase(), utf16(text));
  }
  for (const [, lines] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g)) {
    for (const [, from, to, text] of lines.matchAll(/<(\w+)> <(\w+)> <(\w+)>/g)) {
      const first = parseInt(from, 16);
      for (let g = first; g <= parseInt(to, 16); g++) {
        const glyph = g.toString(16).toUpperCase().padStart(from.length, "0");
        found.set(glyph, String.fromCharCode(parseInt(text, 16) + g - first));
      }
    }
  }
  return found;
}

const utf16 = (hex) => String.fromCharCode(...hex.match(/.{4}/g).map((unit) => parseInt(unit, 16)));

/** What the operators Tj and TJ show, a space between two runs. */
function words(content, font) {
  let current = new Map();
  const out = [];
  for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.-]+ Tf|(\[[^\]]*\]\s*TJ|<[0-9A-Fa-f]+>\s*Tj)/g)) {
    if (name) current = font(name);
    else for (const [, hex] of shown.matchAll(/<([0-9A-Fa-f]+)>/g)) out.push(shownText(hex.toUpperCase(), current));
  }
  return out.join(" ");
}

function shownText(hex, font) {
  const digits = font.keys().next().value?.length ?? 4;
  return (hex.match(new RegExp(`.{${digits}}`, "g")) ?? []).map((glyph) => font.get(glyph) ?? "").join("");
}
