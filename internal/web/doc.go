// Package web is the edge: one table of routes in two languages, who is visiting, and what every
// answer must carry.
//
// A handler returns an error; the edge turns faults into a status and a page in the reader's
// language that keeps what was typed, or into problem+json (RFC 9457) for machines. The edge also
// refuses cross-site writes, limits rates and sizes, sets the security headers of every route,
// compresses, counts, and writes one record per request.
//
//	func (p Pages) offer(w http.ResponseWriter, r *http.Request) error {
//		var form offerForm
//		if err := web.Decode(r, &form); err != nil {
//			return web.Again(w, r, err, offerPage(form))
//		}
//		part, err := p.room.OfferPart(r.Context(), …)
//		if err != nil {
//			return web.Again(w, r, err, offerPage(form))
//		}
//		return web.Done(w, r, web.From(r).URL("portfolio.part", part.ID), "portfolio.part.offered")
//	}
//
// Audiences guard reading only: whether somebody may act is asked of act.Allow, in the transaction.
package web
