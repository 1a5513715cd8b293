package app

import (
	"net/url"

	"parvis/internal/act/witness"
)

// witnesses are those of the configuration, with the hosts that may be reached for them.
func (c Config) witnesses() (all []witness.Remote, hosts []string, err error) {
	for _, w := range c.Log.Witnesses {
		u, err := url.Parse(w.URL)
		if err != nil {
			return nil, nil, err
		}
		if _, err := witness.NewVerifier(w.Key); err != nil {
			return nil, nil, err
		}
		all = append(all, witness.Remote{URL: w.URL, Key: w.Key})
		hosts = append(hosts, u.Hostname())
	}
	return all, hosts, nil
}

// issuers are the origins of the identity providers, to which the sign-in form may lead.
func (c Config) issuers() (origins []string) {
	for _, o := range c.OIDC {
		if u, err := url.Parse(o.Issuer); err == nil {
			origins = append(origins, u.Scheme+"://"+u.Host)
		}
	}
	return origins
}
