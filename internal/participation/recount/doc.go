// Package recount writes the public files of a counted election and checks them without trusting who
// serves them. What is here is what docs/verify.md tells strangers: the two must say the same.
//
// # Files
//
// An election lives in a folder elections/<id>/ beside the log of the city (log/), or under the same
// names over HTTP. Text is UTF-8, lines end with \n.
//
//	manifest.json            the other files with their size and SHA-256, and what the META of .pb files need
//	rules.toml               the rules as frozen: tally.Document.Canonical
//	result.json              per lot: the tally.Report, as far as may be published
//	lots/<n>/projects.csv    the projects as frozen; n counts the lots of the rules from 1
//	lots/<n>/ballots.pb      the ballots (Pabulib), or else
//	lots/<n>/totals.csv      votes and scores, or grades, per project; or neither
//
// projects.csv is the PROJECTS section of a .pb file, fields separated by semicolons and quoted where
// needed, control characters turned to spaces, columns project_id, cost, name, category, district,
// neighborhood, beneficiaries, popular, latitude, longitude (those that say something; the first two
// always), rows in the order of the ballot paper. Costs are decimal numbers of currency.
//
// ballots.pb has a META made from manifest and rules, then projects.csv byte for byte, then VOTES with
// voter_id, vote and, where ballots hold points, points. The ballots are sorted by the bytes of
// "vote;points" and numbered from 1 in that order: the order tells nothing. Projects on a ballot stand
// in the order of their ids' bytes, except by rank on ordinal ballots; points of 0 are left out where
// ballots hold points (not where they hold grades: 0 is the worst grade). No age, sex, channel or
// quarter.
//
// # What is published of a lot
//
//	ballots   n ≥ 100 and the rules publish ballots
//	totals    n ≥ 20 and the rules publish ballots or totals: counted again where the rule needs totals only
//	winners   otherwise: winners in order, nothing else
//
// # Acts
//
// Acts about an election have What = {type: "election", id: <id>}. Digests are SHA-256 in lower-case
// hexadecimal, under these Args; the other Args are the room's.
//
//	participation.rules.freeze    rules     of rules.toml
//	                              projects  of the lines that sha256sum lots/*/projects.csv prints, lots in order
//	participation.ballots.seal    ballots   of the lines that sha256sum prints of ballots.pb and totals.csv (optional:
//	                                        a vote held here, or ballots entered, before anybody counts)
//	participation.result.publish  manifest  of manifest.json, and so of everything
//
// The manifest does not name the act that publishes it (the act holds its digest): the verifier finds
// acts in the log by election. In the log, freeze < seal < publish. A second freeze, seal or
// publication must correct the one before (Corrects), and no freeze follows a seal or a publication. After
// participation.election.withdraw the files may be gone.
//
// # Writing
//
// Freeze reads the lots under the rules and gives the Args of the act; Publish counts, writes every file and
// gives the Args of its acts; RulesFor and DraftFor say what a .pb file says.
package recount
