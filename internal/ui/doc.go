// Package ui is the design system of Parvis: the page frame and its components, in templ.
//
// A page is written against two things only: the components, and the Frame that package web puts in
// the context of every request. The frame carries the language, the city, the menus, the reverse
// routes and, after a refused form, what was typed and what is wrong with it; fields find their own
// value and their own error there, by name, so that nothing a person typed is lost.
//
//	templ offerPage(p Project) {
//		@ui.Page(ui.Head{Title: ui.T(ctx, "portfolio.offer.title"), Crumbs: crumbs(ctx, p)}) {
//			@ui.Form(ui.Post{To: ui.Link(ctx, "portfolio.offer", p.ID)}) {
//				@ui.Text(ui.Field{Name: "title", Label: ui.T(ctx, "portfolio.offer.name"), Required: true})
//				@ui.Actions() {
//					@ui.Button(ui.Primary, ui.T(ctx, "portfolio.offer.send"))
//				}
//			}
//		}
//	}
//
// Frame: Page, PageHead (for a Bare page), PageActions. Forms: Form, Filters, Inline, Fieldset, Row,
// Actions; Text, TextArea, Date, Amount, Select, Radios, Checks, Checkbox, File, Hidden; Button,
// ButtonValue, ButtonOff, LinkButton; ErrorSummary (Form shows it). Parts: Notice, Tag, Initials, Card,
// Table with SortHead, Pairs with Pair, Figures, Details, Tabs, Pages, Empty. Processes: Timeline,
// Steps, Progress, SixAnswers, ActLine, BoardView, MapView. Charts are in ui/chart, codes in ui/qr.
// Classes for the content of a page: prose, lede, hint, row, stack, grid, split, num, verbatim,
// visually-hidden.
//
// In a template, T, N and P speak the reader's language and Link finds a route by its name.
//
// Everything works without a script and under a strict content security policy: no component writes
// an inline style or script. Components meet RGAA 4.1 AA and WCAG 2.2 AA; the page /fr/style shows
// each of them in each of its states.
package ui
