// Package mail writes to people.
//
// A message is queued in the transaction that causes it, so that a mail leaves if and only if the
// change happened. It is rendered there, as text and as HTML, in the reader's language from the
// catalogues: a message of kind K says K.subject and K.body (blank lines part its paragraphs). A job then
// delivers it, and tries again while the server of the city is away; once it has left, its content is
// erased from the outbox.
//
// A mail may leave twice when the process dies between the server's answer and the commit; its
// Message-ID is the same both times, so that mailboxes show one.
//
// Nothing that people typed can become a header: addresses are parsed, and control characters refused
// or flattened. Links in mails only read; whatever they lead to acts by a button (POST).
package mail
