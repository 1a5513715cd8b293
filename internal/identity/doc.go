// Package identity tells who is behind a request, and how surely.
//
// An account is that of a resident, who registers with an e-mail address, or that of a person of the
// directory: agent, elected member, outside partner. What they may do is not decided here: their
// posts come from the powers, by person and by day, so that who leaves a post stops acting that day.
//
// There are three ways in, and each leaves another mark on the session:
//
//   - a link sent by e-mail. Opening it changes nothing (mail scanners open every link): the page
//     shows a button, whose POST consumes the link, once. Residents act with it; agents only read;
//   - a passkey (W3C WebAuthn), with verification of the user: the session is strong;
//   - a provider of OpenID Connect, matched by an explicit policy; strong when the provider asserts
//     one of the levels (acr) that the configuration names, at a time that it tells.
//
// Invariants: no secret is stored, only its SHA-256; a link, a challenge and an OpenID state serve
// once; a sign-in always makes a new token; answers do not tell whether an account exists; a disabled
// account has no session; an agent without a passkey may register the first one from a link, and
// further ones only after using one (recovery takes two administrators).
//
// Accounts, sessions, keys and links are traffic, with a security log of their own. Making an
// administrator, disabling an account, resetting its keys and applying a directory are acts.
package identity
