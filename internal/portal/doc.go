// Package portal is the public face of the city: the first page, the search, the menus, and the pages
// that the law asks for. It composes what the rooms show and writes nothing.
package portal
