// docs/tour.md names exactly the pictures that exist, and each can be taken again from the program as it is.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBrowser } from "./city.mjs";
import { shots, take } from "./pictures.mjs";

const docs = new URL("../../docs/", import.meta.url).pathname;
const kept = readdirSync(join(docs, "pictures")).filter((f) => f.endsWith(".png")).sort();

test("the tour names exactly the pictures that exist", () => {
  const named = [...readFileSync(join(docs, "tour.md"), "utf8").matchAll(/!\[([^\]]*)\]\(pictures\/([\w-]+\.png)\)/g)];
  assert.deepEqual(named.map((m) => m[2]).sort(), kept);
  assert.deepEqual(shots.map((s) => `${s.name}.png`).sort(), kept);
  for (const [, alt, file] of named) assert.ok(alt.length >= 30, `${file} needs an alternative that says what it shows`);
  for (const file of kept) assert.ok(statSync(join(docs, "pictures", file)).size < 250_000, `${file} is too heavy`);
});

let browser, folder;
before(async () => {
  browser = await openBrowser();
  folder = mkdtempSync(join(tmpdir(), "parvis-pictures-"));
});
after(async () => {
  rmSync(folder, { recursive: true, force: true });
  await browser?.close();
});

test("each picture can be taken again", { timeout: 200000 }, async (t) => {
  await take(folder, browser);
  const page = await browser.newPage();
  for (const file of kept) {
    const { sizes, apart } = await compare(page, join(docs, "pictures", file), join(folder, file));
    await t.test(file, () => {
      assert.equal(sizes[0], sizes[1]);
      assert.ok(apart < 0.02, `${file}: ${(100 * apart).toFixed(1)} % of it changed: node test/e2e/pictures.mjs docs/pictures`);
    });
  }
  // The measure itself: two different screens are far apart.
  const { apart } = await compare(page, join(folder, "mur.png"), join(folder, "accueil.png"));
  assert.ok(apart > 0.1, `two different screens are only ${apart} apart`);
});

/** The sizes of two pictures, and the share of their small tiles whose brightness differs visibly. */
function compare(page, ...files) {
  return page.evaluate(async (sources) => {
    const images = await Promise.all(sources.map(async (src) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      return image;
    }));
    const [a, b] = images.map((image) => {
      const canvas = new OffscreenCanvas(150, 120), c = canvas.getContext("2d", { willReadFrequently: true });
      c.imageSmoothingQuality = "high";
      c.drawImage(image, 0, 0, 150, 120);
      return c.getImageData(0, 0, 150, 120).data;
    });
    let changed = 0;
    for (let i = 0; i < a.length; i += 4) {
      if (Math.abs(a[i] - b[i]) + Math.abs(a[i + 1] - b[i + 1]) + Math.abs(a[i + 2] - b[i + 2]) > 60) changed++;
    }
    return { sizes: images.map((i) => `${i.width}x${i.height}`), apart: changed / (a.length / 4) };
  }, files.map((f) => `data:image/png;base64,${readFileSync(f).toString("base64")}`));
}
