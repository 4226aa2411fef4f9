// Package device tells in words what a customer signs in with, as it says itself: for people who look through a list,
// and for mails. Nothing is decided by it.
package device

import (
	"strings"

	"github.com/accountql/accountql/models"
)

// Parse returns the words for a User-Agent header and a Sec-CH-UA header; each may be "". A client can send any text,
// so that no word of it is repeated, except one plain word if the client is no browser (R-OUT3). Versions are left out:
// browsers no longer tell those of systems, and those of browsers change each month.
func Parse(userAgent, brands string) models.Device {
	device := models.Device{Kind: models.DeviceUnknown}
	if userAgent == "" {
		return describe(device)
	}
	if name, found := crawler(userAgent); found {
		device.Kind, device.Browser = models.DeviceBot, optional(name)
		return describe(device)
	}

	device.System, device.Kind = systemOf(userAgent)
	if strings.HasPrefix(userAgent, "Mozilla/") || strings.HasPrefix(userAgent, "Opera/") {
		device.Browser = browserOf(userAgent, brands)
		return describe(device)
	}

	return describe(programOf(userAgent, device))
}

// mark is a text in a header, and the name by which people know what sends it.
type mark struct{ text, name string }

// browsers are ordered: each also claims to be some of those after it.
var browsers = []mark{
	// Apps that open pages in themselves.
	{"Instagram ", "Instagram"}, {"FBAN/", "Facebook"}, {"FBAV/", "Facebook"}, {"FB_IAB", "Facebook"},
	{"musical_ly", "TikTok"}, {"BytedanceWebview", "TikTok"}, {"trill_", "TikTok"}, {"Snapchat/", "Snapchat"},
	{"LinkedInApp", "LinkedIn"}, {"[Pinterest/", "Pinterest"}, {" Line/", "LINE"}, {"MicroMessenger/", "WeChat"},
	{"WhatsApp/", "WhatsApp"}, {"TwitterAndroid", "X"}, {"Twitter for ", "X"}, {"GSA/", "Google app"},

	{"Edg/", "Edge"}, {"EdgA/", "Edge"}, {"EdgiOS/", "Edge"}, {"Edge/", "Edge"},
	{"OPR/", "Opera"}, {"OPT/", "Opera"}, {"OPiOS/", "Opera"}, {"OPX/", "Opera"}, {"Opera", "Opera"},
	{"SamsungBrowser/", "Samsung Internet"}, {"Vivaldi/", "Vivaldi"}, {"YaBrowser/", "Yandex Browser"},
	{"UCBrowser/", "UC Browser"}, {"MiuiBrowser/", "Mi Browser"}, {"HuaweiBrowser/", "Huawei Browser"},
	{"DuckDuckGo/", "DuckDuckGo"}, {"Ddg/", "DuckDuckGo"}, {"Brave/", "Brave"}, {"Silk/", "Silk"}, {"Whale/", "Whale"},
	{"FxiOS/", "Firefox"}, {"Focus/", "Firefox"}, {"Seamonkey/", "SeaMonkey"}, {"SeaMonkey/", "SeaMonkey"},
	{"Firefox/", "Firefox"}, {"HeadlessChrome/", "Chrome"}, {"CriOS/", "Chrome"}, {"; wv)", ""},
	{"Chrome/", chrome}, {"Trident/", "Internet Explorer"}, {"MSIE ", "Internet Explorer"}, {"Safari/", "Safari"},
}

// chrome is what browsers claim that are made of Chrome; their brands tell them apart.
const chrome = "Chrome"

// brandNames are the browsers that Sec-CH-UA tells. Some of them look like Chrome in the User-Agent header on purpose.
var brandNames = []mark{
	{`"Brave"`, "Brave"}, {`"Microsoft Edge"`, "Edge"}, {`"Opera"`, "Opera"}, {`"Opera GX"`, "Opera"},
	{`"Vivaldi"`, "Vivaldi"}, {`"Samsung Internet"`, "Samsung Internet"}, {`"DuckDuckGo"`, "DuckDuckGo"},
	{`"YaBrowser"`, "Yandex Browser"}, {`"Yandex"`, "Yandex Browser"}, {`"Whale"`, "Whale"},
}

func browserOf(userAgent, brands string) *string {
	name := first(browsers, userAgent)
	if name == chrome {
		if brand := first(brandNames, brands); brand != "" {
			name = brand
		}
	}
	return optional(name)
}

// system is a mark of an operating system or a machine.
type system struct {
	mark
	kind models.DeviceKind
}

// systems are ordered as browsers are. An Android without "Mobile" is a tablet.
var systems = []system{
	{mark{"Xbox", "Xbox"}, models.DeviceConsole}, {mark{"PlayStation", "PlayStation"}, models.DeviceConsole},
	{mark{"Nintendo", "Nintendo"}, models.DeviceConsole},
	{mark{"AppleTV", "Apple TV"}, models.DeviceTV}, {mark{"CrKey", "Chromecast"}, models.DeviceTV},
	{mark{"Web0S", "webOS"}, models.DeviceTV}, {mark{"SMART-TV", "Smart TV"}, models.DeviceTV},
	{mark{"SmartTV", "Smart TV"}, models.DeviceTV}, {mark{"BRAVIA", "Android TV"}, models.DeviceTV},
	{mark{"; AFT", "Fire TV"}, models.DeviceTV}, {mark{"Android TV", "Android TV"}, models.DeviceTV},
	{mark{"Windows Phone", "Windows Phone"}, models.DevicePhone},
	{mark{"iPhone", "iPhone"}, models.DevicePhone}, {mark{"iPod", "iPod"}, models.DevicePhone},
	{mark{"iPad", "iPad"}, models.DeviceTablet},
	{mark{"CrOS", "ChromeOS"}, models.DeviceComputer},
	{mark{"Android", "Android"}, models.DevicePhone}, {mark{"HarmonyOS", "HarmonyOS"}, models.DevicePhone},
	{mark{"OpenHarmony", "HarmonyOS"}, models.DevicePhone}, {mark{"KAIOS", "KaiOS"}, models.DevicePhone},
	{mark{"Windows", "Windows"}, models.DeviceComputer}, {mark{"Macintosh", "Mac"}, models.DeviceComputer},
	{mark{"macOS", "Mac"}, models.DeviceComputer}, {mark{"Mac OS X", "Mac"}, models.DeviceComputer},
	{mark{"iOS", "iOS"}, models.DevicePhone},
	{mark{"Linux", "Linux"}, models.DeviceComputer}, {mark{"FreeBSD", "FreeBSD"}, models.DeviceComputer},
}

func systemOf(userAgent string) (*string, models.DeviceKind) {
	for _, known := range systems {
		if !strings.Contains(userAgent, known.text) {
			continue
		}
		if known.text == "Android" && strings.HasPrefix(userAgent, "Mozilla/") && !strings.Contains(userAgent, "Mobile") {
			return optional(known.name), models.DeviceTablet
		}

		return optional(known.name), known.kind
	}
	return nil, models.DeviceUnknown
}

// program is a client that is no browser.
type program struct {
	mark
	kind models.DeviceKind
	// system is what the program runs on if it runs only there, or "".
	system string
}

// programs are ordered as browsers are. A program without a name is what apps send requests with.
var programs = []program{
	{mark{"CFNetwork/", ""}, models.DeviceApp, "iOS or macOS"}, {mark{"Alamofire/", ""}, models.DeviceApp, ""},
	{mark{"okhttp/", ""}, models.DeviceApp, "Android"}, {mark{"Dalvik/", ""}, models.DeviceApp, "Android"},
	{mark{"Dart/", ""}, models.DeviceApp, ""}, {mark{"ktor-client", ""}, models.DeviceApp, ""},
	{mark{"Ktor client", ""}, models.DeviceApp, ""}, {mark{"Expo/", ""}, models.DeviceApp, ""},

	{mark{"curl/", "curl"}, models.DeviceProgram, ""}, {mark{"Wget/", "Wget"}, models.DeviceProgram, ""},
	{mark{"PostmanRuntime/", "Postman"}, models.DeviceProgram, ""},
	{mark{"insomnia/", "Insomnia"}, models.DeviceProgram, ""}, {mark{"HTTPie/", "HTTPie"}, models.DeviceProgram, ""},
	{mark{"python", "Python"}, models.DeviceProgram, ""}, {mark{"Python", "Python"}, models.DeviceProgram, ""},
	{mark{"Go-http-client/", "Go"}, models.DeviceProgram, ""}, {mark{"axios/", "Node.js"}, models.DeviceProgram, ""},
	{mark{"node", "Node.js"}, models.DeviceProgram, ""}, {mark{"undici", "Node.js"}, models.DeviceProgram, ""},
	{mark{"Apache-HttpClient/", "Java"}, models.DeviceProgram, ""}, {mark{"Java", "Java"}, models.DeviceProgram, ""},
	{mark{"GuzzleHttp/", "PHP"}, models.DeviceProgram, ""}, {mark{"Ruby", "Ruby"}, models.DeviceProgram, ""},
}

// programOf completes the device of a client that is no browser. Apps begin with their own name.
func programOf(userAgent string, device models.Device) models.Device {
	name := plainWord(userAgent)
	for _, known := range programs {
		if !strings.Contains(userAgent, known.text) {
			continue
		}

		if known.name != "" || strings.HasPrefix(userAgent, known.text) {
			name = known.name
		}
		device.Browser, device.Kind = optional(name), known.kind
		if device.System == nil {
			device.System = optional(known.system)
		}

		return device
	}

	device.Browser = optional(name)
	if name != "" && device.Kind == models.DeviceUnknown {
		device.Kind = models.DeviceProgram
	}

	return device
}

// crawlers end the names of programs that read the web on their own. A maker of phones is called CUBOT.
var crawlers = []string{"bot/", "Bot/", "bot-", "spider", "Spider", "externalhit/", "crawler"}

// crawler returns the name of a crawler, as far as it is a plain word.
func crawler(userAgent string) (name string, found bool) {
	for _, end := range crawlers {
		at := strings.Index(userAgent, end)
		if at < 0 {
			continue
		}

		start := strings.LastIndexFunc(userAgent[:at], func(r rune) bool { return !plainLetter(r) }) + 1

		return plainWord(userAgent[start:at] + strings.TrimRight(end, "/-")), true
	}
	return "", false
}

// longestWord is how long the name of an unknown program may be, in bytes.
const longestWord = 24

// plainWord returns the text before the first slash if it is one word of ASCII letters and hyphens, or "".
func plainWord(userAgent string) string {
	word, _, _ := strings.Cut(userAgent, "/")
	// guard: a mail repeats no words of a client
	if len(word) > longestWord || strings.ContainsFunc(word, func(r rune) bool { return !plainLetter(r) }) {
		return ""
	}
	return word
}

func plainLetter(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' }

// first returns the name of the first mark that stands in the text, or "".
func first(marks []mark, text string) string {
	for _, known := range marks {
		if strings.Contains(text, known.text) {
			return known.name
		}
	}
	return ""
}

func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// describe completes a device with its description: "Firefox on Windows".
func describe(device models.Device) models.Device {
	name := map[models.DeviceKind]string{models.DeviceApp: "An app", models.DeviceBot: "A bot"}[device.Kind]
	if device.Browser != nil {
		name = *device.Browser
	}

	switch {
	case name == "" && device.System == nil:
		device.Description = "Unknown device"
	case name == "":
		device.Description = *device.System
	case device.System == nil:
		device.Description = name
	default:
		device.Description = name + " on " + *device.System
	}

	return device
}
