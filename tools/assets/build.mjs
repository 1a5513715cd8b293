// Bundles the scripts of the pages and copies the fonts, with their licences, into static/dist.
import { build } from "esbuild";
import { copyFile, mkdir, readdir, rm, writeFile } from "node:fs/promises";

const dist = "internal/ui/static/dist";
const fonts = [
  { pkg: "source-sans-3", family: "Source Sans 3 Variable", axis: "wght", styles: ["normal", "italic"], weight: "200 900" },
  { pkg: "bricolage-grotesque", family: "Bricolage Grotesque Variable", axis: "wght", styles: ["normal"], weight: "200 800" },
];
const ranges = {
  latin: "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
  "latin-ext": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
};

async function clean() {
  await mkdir(dist, { recursive: true });
  for (const name of await readdir(dist)) {
    if (name !== ".keep") await rm(`${dist}/${name}`, { recursive: true });
  }
}

async function copyFonts() {
  await mkdir(`${dist}/fonts`);
  let css = "";
  for (const { pkg, family, axis, styles, weight } of fonts) {
    const from = `node_modules/@fontsource-variable/${pkg}`;
    await copyFile(`${from}/LICENSE`, `${dist}/fonts/${pkg}.LICENSE.txt`);
    for (const style of styles) {
      for (const [subset, range] of Object.entries(ranges)) {
        const file = `${pkg}-${subset}-${axis}-${style}.woff2`;
        await copyFile(`${from}/files/${file}`, `${dist}/fonts/${file}`);
        css += `@font-face{font-family:"${family}";font-style:${style};font-weight:${weight};font-display:swap;src:url(fonts/${file}) format("woff2");unicode-range:${range}}\n`;
      }
    }
  }
  await writeFile(`${dist}/fonts.css`, css);
}

await clean();
await copyFonts();
const options = { bundle: true, minify: true, format: "esm", target: ["es2022"], legalComments: "inline", logLevel: "warning" };
await build({ ...options, entryPoints: ["internal/ui/js/parvis.js"], outfile: `${dist}/parvis.js` });
await build({ ...options, entryPoints: ["internal/ui/js/htmx.js"], outfile: `${dist}/htmx.js` });
