// A passkey, with Chromium's virtual authenticator: made on the account page, then used to enter and to
// prove again who one is.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { clean, enter, open, visit, words } from "./city.mjs";

const t = words("fr");
let city;
before(async () => (city = await open()));
after(() => city?.close());

test("a passkey is made and opens the door", { timeout: 60000 }, async () => {
  const page = await visit(city);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", { options: { protocol: "ctap2", transport: "internal",
    hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
  await enter(page, "Gilles Ferrand");
  await page.goto("/fr/mon-compte");
  await clean(page, "the account without a passkey");
  const form = page.locator("form[data-passkey=create]");
  if (await form.locator("input[type=text]").count()) await form.locator("input[type=text]").fill("Ordinateur du bureau");
  await Promise.all([page.waitForEvent("domcontentloaded"), form.getByRole("button").click()]);
  const { credentials } = await cdp.send("WebAuthn.getCredentials", { authenticatorId });
  assert.equal(credentials.length, 1, "the authenticator holds the key");
  await clean(page, "the account with a passkey");

  await page.getByRole("button", { name: t("ui.sign_out") }).click();
  await page.goto("/fr/connexion");
  await clean(page, "the sign-in page");
  await Promise.all([page.waitForURL((url) => !/connexion/.test(url.pathname)), page.locator("form[data-passkey=get]").getByRole("button").click()]);
  await page.goto("/fr/mon-compte");
  assert.match(await page.locator("main").innerText(), /gilles\.ferrand@valmont\.example/);
  assert.ok((await page.locator("main").innerText()).includes(t("identity.means.passkey")), "entered by the passkey");
});

test("another authenticator opens nothing", { timeout: 60000 }, async () => {
  const page = await visit(city);
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  await cdp.send("WebAuthn.addVirtualAuthenticator", { options: { protocol: "ctap2", transport: "internal",
    hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
  await page.goto("/fr/connexion");
  await page.locator("form[data-passkey=get]").getByRole("button").click();
  await page.locator("[data-why=cancelled]:visible, [data-why=refused]:visible").first().waitFor();
  await page.goto("/fr/mon-compte");
  assert.match(page.url(), /connexion|mon-compte/);
  assert.equal(await page.getByText("@valmont.example").count(), 0, "still nobody");
});
