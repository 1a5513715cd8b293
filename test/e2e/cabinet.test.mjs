// A chief of staff reads what waits for the elected members, by the menu of the site.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { clean, enter, open, openBrowser, visit, words } from "./city.mjs";

let city, browser;
before(async () => {
  browser = await openBrowser();
  city = await open({ browser });
});
after(async () => {
  await city?.close();
  await browser?.close();
});

for (const look of [{ lang: "fr", width: 1280, dark: false }, { lang: "en", width: 320, dark: true }]) {
  test(`what waits for the elected members, ${look.lang}, ${look.width} px`, async () => {
    const t = words(look.lang);
    const page = await visit(city, look);
    await enter(page, "Étienne Vasseur", look.lang);
    await page.goto(`/${look.lang}/`);
    const door = page.locator("nav a", { hasText: t("council.cabinet.title") }).first(); // folded away on a phone
    await page.goto(await door.getAttribute("href"));
    const hers = page.locator("section", { hasText: "Nadia Belkacem" }).first();
    await hers.getByRole("link", { name: /Généraliser la collecte guidée/ }).click();
    await page.waitForURL(/A-2016-1$/);
    await page.goBack();
    await clean(page, "cabinet");
    await page.context().close();
  });
}
