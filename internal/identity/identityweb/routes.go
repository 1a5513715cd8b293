package identityweb

import "parvis/internal/web"

// maxDirectory bounds the file of a directory.
const maxDirectory = 20 << 20

// Routes lists the pages of identity.
func (p *Pages) Routes() []web.Route {
	list := append(p.doors(), p.ownPages()...)
	list = append(list, p.adminPages()...)
	if p.identity.Demo() {
		list = append(list,
			web.Route{Name: "demo", Method: "GET", FR: "/demonstration", EN: "/demonstration", Audience: web.Public, Handler: p.demo},
			web.Route{Name: "demo", Method: "POST", FR: "/demonstration", EN: "/demonstration", Audience: web.Public, Handler: p.enterDemo},
			web.Route{Name: "demo.confirm", Method: "POST", FR: "/demonstration/confirmer", EN: "/demonstration/confirm", Audience: web.Account, Handler: p.confirmDemo})
	}
	return list
}

// doors are the ways in and out.
func (p *Pages) doors() []web.Route {
	return []web.Route{
		{Name: web.SignInRoute, Method: "GET", FR: "/connexion", EN: "/sign-in", Audience: web.Public, Handler: p.signIn, Title: "identity.sign_in.title"},
		{Name: "sign_in.link", Method: "POST", FR: "/connexion", EN: "/sign-in", Audience: web.Public, Handler: p.askLink},
		{Name: "sign_in.sent", Method: "GET", FR: "/connexion/envoye", EN: "/sign-in/sent", Audience: web.Public, Handler: p.sent},
		{Name: "link", Method: "GET", FR: "/connexion/lien", EN: "/sign-in/link", Audience: web.Public, Handler: p.openLink},
		{Name: "link", Method: "POST", FR: "/connexion/lien", EN: "/sign-in/link", Audience: web.Public, Handler: p.useLink},
		{Name: "register", Method: "GET", FR: "/inscription", EN: "/register", Audience: web.Public, Handler: p.registration, Title: "identity.register.title"},
		{Name: "register", Method: "POST", FR: "/inscription", EN: "/register", Audience: web.Public, Handler: p.register},
		{Name: "passkey.options", Method: "POST", API: "/identity/passkey/options", Audience: web.Public, Handler: p.assertionOptions},
		{Name: "sign_in.passkey", Method: "POST", FR: "/connexion/cle", EN: "/sign-in/passkey", Audience: web.Public, Handler: p.usePasskey},
		{Name: "sign_in.provider", Method: "POST", FR: "/connexion/oidc/{provider}", EN: "/sign-in/oidc/{provider}", Audience: web.Public, Handler: p.toProvider},
		{Name: "sign_in.provider.back", Method: "GET", FR: "/connexion/oidc/{provider}/retour", EN: "/sign-in/oidc/{provider}/return", Audience: web.Public, Handler: p.fromProvider},
		{Name: web.SignOutRoute, Method: "POST", FR: "/deconnexion", EN: "/sign-out", Audience: web.Public, Handler: p.signOut},
	}
}

// ownPages are those of a person about their own account.
func (p *Pages) ownPages() []web.Route {
	return []web.Route{
		{Name: web.AccountRoute, Method: "GET", FR: "/mon-compte", EN: "/my-account", Audience: web.Account, Handler: p.account},
		{Name: web.AccountRoute, Method: "POST", FR: "/mon-compte", EN: "/my-account", Audience: web.Account, Handler: p.preferences},
		{Name: "account.sessions", Method: "POST", FR: "/mon-compte/sessions", EN: "/my-account/sessions", Audience: web.Account, Handler: p.revoke},
		{Name: "passkey.creation", Method: "POST", API: "/identity/passkey/creation", Audience: web.Account, Handler: p.creationOptions},
		{Name: "account.passkeys", Method: "POST", FR: "/mon-compte/cles", EN: "/my-account/passkeys", Audience: web.Account, Handler: p.addPasskey},
		{Name: "account.passkey", Method: "GET", FR: "/mon-compte/cles/{key}", EN: "/my-account/passkeys/{key}", Audience: web.Account, Handler: p.passkey},
		{Name: "account.passkey", Method: "POST", FR: "/mon-compte/cles/{key}", EN: "/my-account/passkeys/{key}", Audience: web.Account, Handler: p.changePasskey},
		{Name: "account.export", Method: "POST", FR: "/mon-compte/donnees", EN: "/my-account/data", Audience: web.Account, Handler: p.export},
		{Name: "account.erase", Method: "GET", FR: "/mon-compte/effacement", EN: "/my-account/erasure", Audience: web.Account, Handler: p.erasure},
		{Name: "account.erase", Method: "POST", FR: "/mon-compte/effacement", EN: "/my-account/erasure", Audience: web.Account, Handler: p.erase},
	}
}

// adminPages are those of administrators.
func (p *Pages) adminPages() []web.Route {
	return []web.Route{
		{Name: "admin.accounts", Method: "GET", FR: "/reglages/comptes", EN: "/settings/accounts", Audience: web.Admin, Handler: p.accounts},
		{Name: "admin.account", Method: "GET", FR: "/reglages/comptes/{account}", EN: "/settings/accounts/{account}", Audience: web.Admin, Handler: p.oneAccount},
		{Name: "admin.account", Method: "POST", FR: "/reglages/comptes/{account}", EN: "/settings/accounts/{account}", Audience: web.Admin, Handler: p.changeAccount},
		{Name: "admin.directory", Method: "GET", FR: "/reglages/annuaire", EN: "/settings/directory", Audience: web.Admin, Handler: p.directories},
		{Name: "admin.directory", Method: "POST", FR: "/reglages/annuaire", EN: "/settings/directory", Audience: web.Admin, Handler: p.stageDirectory, Body: maxDirectory + 1<<20},
		{Name: "admin.directory.model", Method: "GET", FR: "/reglages/annuaire/modele", EN: "/settings/directory/template", Audience: web.Admin, Handler: p.model},
		{Name: "admin.directory.preview", Method: "GET", FR: "/reglages/annuaire/{directory}", EN: "/settings/directory/{directory}", Audience: web.Admin, Handler: p.previewDirectory},
		{Name: "admin.directory.preview", Method: "POST", FR: "/reglages/annuaire/{directory}", EN: "/settings/directory/{directory}", Audience: web.Admin, Handler: p.decideDirectory},
		{Name: "admin.security", Method: "GET", FR: "/reglages/securite", EN: "/settings/security", Audience: web.Admin, Handler: p.security},
	}
}
