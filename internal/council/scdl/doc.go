// Package scdl writes the deliberations of a city in the format of the Socle commun des données locales:
// deliberations 2.1.5, one line for each deliberation. A file is checked against the published schema
// and its French custom checks before it leaves; a line that would not pass is left out and said so.
//
// deliberations-2.1.5.json is the schema as published by OpenDataFrance on schema.data.gouv.fr (Licence
// Ouverte 2.0), unchanged.
package scdl
