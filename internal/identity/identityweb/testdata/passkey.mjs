// Drives a real Chromium with a virtual authenticator (WebDriver extension of WebAuthn) through the
// pages: makes a first passkey from a link, signs out, signs in with it, confirms, makes a second one.
// Arguments: address of the site, token of a link, folder for pictures ("" for none).
import { chromium } from "playwright-core";
import assert from "node:assert/strict";

const [, , address, token, pictures] = process.argv;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await (await browser.newContext({ locale: "fr-FR", viewport: { width: 1100, height: 1200 } })).newPage();
const problems = [];
page.on("pageerror", (e) => problems.push(String(e)));
page.on("console", (m) => m.type() === "error" && problems.push(`${m.text()} ${m.location().url}`));
const shot = (name) => pictures && page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });

const cdp = await page.context().newCDPSession(page);
await cdp.send("WebAuthn.enable");
const authenticator = (options) =>
  cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true, ...options },
  });
const first = await authenticator({});

await page.goto(`${address}/fr/connexion/lien?token=${token}`);
await shot("link");
await page.getByRole("button", { name: "Me connecter" }).click();
await page.getByRole("heading", { name: "Mon compte" }).waitFor();
assert.ok(await page.getByText("Vous pouvez lire ; pour agir").first().isVisible().catch(() => false) || (await page.content()).includes("pour agir, enregistrez"));
await shot("account-read-only");
await page.getByLabel("Nom de la clé").fill("Téléphone");
await page.getByRole("button", { name: "Enregistrer une clé d’accès" }).click();
await page.getByRole("link", { name: "Téléphone" }).waitFor();
assert.ok(!(await page.content()).includes("pour agir, enregistrez"), "still read only after the passkey");
await shot("account");

await page.getByRole("button", { name: "Se déconnecter" }).click();
await page.goto(`${address}/fr/connexion?back=/fr/mon-compte`);
await shot("sign-in");
await page.getByRole("button", { name: "Utiliser ma clé d’accès" }).click();
await page.getByRole("heading", { name: "Mon compte" }).waitFor();

await page.goto(`${address}/fr/connexion?back=/fr/mon-compte`);
assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "Confirmez que c’est bien vous");
await page.getByRole("button", { name: "Utiliser ma clé d’accès" }).click();
await page.getByText("votre identité est confirmée").waitFor();

// The same device is told that it has a key; another one makes a second.
await page.getByRole("button", { name: "Enregistrer une clé d’accès" }).click();
await page.getByText("Cet appareil a déjà une clé").waitFor();
await cdp.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: first.authenticatorId });
await authenticator({ transport: "usb" });
await page.getByLabel("Nom de la clé").fill("Clé du bureau");
await page.getByRole("button", { name: "Enregistrer une clé d’accès" }).click();
await page.getByRole("link", { name: "Clé du bureau" }).waitFor();

if (pictures) {
  for (const [name, path] of Object.entries({ demo: "/fr/demonstration", register: "/en/register" })) {
    await page.goto(address + path);
    await shot(name);
  }
}
assert.deepEqual(problems, []);
await browser.close();
