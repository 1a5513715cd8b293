package identity

import "strings"

// A browser names others before itself, so the order of these lists matters.
var browsers = [][2]string{
	{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung Internet"}, {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"},
	{"CriOS/", "Chrome"}, {"HeadlessChrome/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
}

var systems = [][2]string{
	{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"},
	{"Mac OS X", "macOS"}, {"CrOS", "ChromeOS"}, {"Linux", "Linux"},
}

// Device names a browser and its system from the User-Agent header, by proper nouns alone: enough
// for people to know their own devices, too little to follow anybody. "" when it tells nothing.
func Device(userAgent string) string {
	var known []string
	for _, list := range [][][2]string{browsers, systems} {
		for _, pair := range list {
			if strings.Contains(userAgent, pair[0]) {
				known = append(known, pair[1])
				break
			}
		}
	}
	return strings.Join(known, ", ")
}
