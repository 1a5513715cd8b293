// Passkeys. A form marked data-passkey asks the browser for one before it is sent: the options come
// from the address in data-options, the answer leaves in the field "credential", and the server
// answers with a page as for any form.

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const identified = (list) => (list ?? []).map((c) => ({ ...c, id: bytes(c.id) }));

async function create({ publicKey }) {
  const made = await navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: identified(publicKey.excludeCredentials),
    },
  });
  return {
    id: made.id,
    rawId: text(made.rawId),
    type: made.type,
    authenticatorAttachment: made.authenticatorAttachment ?? undefined,
    response: {
      clientDataJSON: text(made.response.clientDataJSON),
      attestationObject: text(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    },
  };
}

async function assert({ publicKey }) {
  const found = await navigator.credentials.get({
    publicKey: { ...publicKey, challenge: bytes(publicKey.challenge), allowCredentials: identified(publicKey.allowCredentials) },
  });
  return {
    id: found.id,
    rawId: text(found.rawId),
    type: found.type,
    response: {
      clientDataJSON: text(found.response.clientDataJSON),
      authenticatorData: text(found.response.authenticatorData),
      signature: text(found.response.signature),
      userHandle: found.response.userHandle ? text(found.response.userHandle) : undefined,
    },
  };
}

const ceremonies = { create, get: assert };

async function ask(form) {
  const answer = await fetch(form.dataset.options, { method: "POST", headers: { Accept: "application/json" } });
  if (!answer.ok) return "refused";
  try {
    const credential = await ceremonies[form.dataset.passkey](await answer.json());
    form.elements.credential.value = JSON.stringify(credential);
  } catch (error) {
    return error.name === "InvalidStateError" ? "known" : "cancelled";
  }
  return "";
}

// Says why nothing was sent, where a screen reader hears it.
function explain(form, why) {
  for (const said of form.querySelectorAll("[data-why]")) said.hidden = said.dataset.why !== why;
}

function arm(form) {
  if (!window.PublicKeyCredential) return explain(form, "unsupported");
  const button = form.querySelector("button[type=submit]");
  button.hidden = false;
  explain(form, "");
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    explain(form, "");
    button.setAttribute("aria-disabled", "true");
    const why = await ask(form);
    button.removeAttribute("aria-disabled");
    if (why) return explain(form, why);
    form.submit();
  });
}

for (const form of document.querySelectorAll("form[data-passkey]")) arm(form);
