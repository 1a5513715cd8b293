package app

import (
	"embed"
	"io/fs"

	"parvis/internal/act"
	"parvis/internal/act/actweb"
	"parvis/internal/act/verify"
	"parvis/internal/blob"
	"parvis/internal/council/councilweb"
	"parvis/internal/i18n"
	"parvis/internal/identity/identityweb"
	"parvis/internal/job"
	"parvis/internal/mail"
	"parvis/internal/notify"
	"parvis/internal/outbound"
	"parvis/internal/participation/pabulib"
	"parvis/internal/participation/participationweb"
	"parvis/internal/participation/recount"
	"parvis/internal/participation/tally"
	"parvis/internal/portal"
	"parvis/internal/portal/genealogy"
	"parvis/internal/portfolio/measuresweb"
	"parvis/internal/portfolio/passationweb"
	"parvis/internal/portfolio/portfolioweb"
	"parvis/internal/portfolio/strategyweb"
	"parvis/internal/powers/powersweb"
	"parvis/internal/ui"
	"parvis/internal/web"
	"parvis/internal/workspace"
)

// Messages are the texts of this package: the configuration and what can be wrong with it.
//
//go:embed messages/*.toml
var Messages embed.FS

// Catalogues lists the texts of every package, French and English.
func Catalogues() []fs.FS {
	return []fs.FS{Messages, act.Messages, actweb.Messages, ui.Messages, web.Messages, verify.Messages, blob.Messages, job.Messages, mail.Messages,
		outbound.Messages, identityweb.Messages, notify.Messages, powersweb.Messages, workspace.Messages, portfolioweb.Messages,
		portal.Messages, pabulib.Messages, tally.Messages, recount.Messages, participationweb.Messages, councilweb.Messages, strategyweb.Messages, passationweb.Messages, measuresweb.Messages, genealogy.Messages}
}

func (a *App) makeCatalog() (err error) {
	if a.Catalog = a.cfg.catalog; a.Catalog != nil {
		return nil
	}
	a.Catalog, err = i18n.Load(Catalogues()...)
	return err
}
