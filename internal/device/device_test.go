package device

import (
	"strings"
	"testing"

	"github.com/accountql/accountql/models"
)

// agents are what the commonest clients send, as of the year 2026, and what becomes of it. Numbers of builds and models
// are shortened.
var agents = []struct {
	userAgent, description string
	kind                   models.DeviceKind
}{
	// Browsers on computers.
	{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
		"Chrome on Windows", models.DeviceComputer},
	{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 " +
		"Safari/537.36", "Chrome on Mac", models.DeviceComputer},
	{"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
		"Chrome on Linux", models.DeviceComputer},
	{"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
		"Chrome on ChromeOS", models.DeviceComputer},
	{"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36",
		"Chrome on Linux", models.DeviceComputer},
	{"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
		"Firefox on Windows", models.DeviceComputer},
	{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0",
		"Firefox on Mac", models.DeviceComputer},
	{"Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
		"Firefox on Linux", models.DeviceComputer},
	{"Mozilla/5.0 (X11; FreeBSD amd64; rv:145.0) Gecko/20100101 Firefox/145.0",
		"Firefox on FreeBSD", models.DeviceComputer},
	{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 " +
		"Safari/537.36 Edg/142.0.0.0", "Edge on Windows", models.DeviceComputer},
	{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 " +
		"Safari/537.36 Edg/142.0.0.0", "Edge on Mac", models.DeviceComputer},
	{"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 " +
		"Safari/605.1.15", "Safari on Mac", models.DeviceComputer},
	{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 " +
		"Safari/537.36 OPR/125.0.0.0", "Opera on Windows", models.DeviceComputer},
	{"Opera/9.80 (Windows NT 6.1) Presto/2.12.388 Version/12.18", "Opera on Windows", models.DeviceComputer},
	{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 " +
		"Safari/537.36 Vivaldi/7.7", "Vivaldi on Windows", models.DeviceComputer},
	{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 " +
		"YaBrowser/25.10 Safari/537.36", "Yandex Browser on Windows", models.DeviceComputer},
	{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 " +
		"Whale/4.34 Safari/537.36", "Whale on Windows", models.DeviceComputer},
	{"Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko",
		"Internet Explorer on Windows", models.DeviceComputer},

	// Browsers on phones and tablets.
	{"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
		"Chrome on Android", models.DevicePhone},
	{"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
		"Chrome on Android", models.DeviceTablet},
	{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 " +
		"Mobile/15E148 Safari/604.1", "Safari on iPhone", models.DevicePhone},
	{"Mozilla/5.0 (iPad; CPU OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.7 " +
		"Mobile/15E148 Safari/604.1", "Safari on iPad", models.DeviceTablet},
	{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/142.0 " +
		"Mobile/15E148 Safari/604.1", "Chrome on iPhone", models.DevicePhone},
	{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/145.0 " +
		"Mobile/15E148 Safari/605.1.15", "Firefox on iPhone", models.DevicePhone},
	{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 " +
		"EdgiOS/142.0 Mobile/15E148 Safari/604.1", "Edge on iPhone", models.DevicePhone},
	{"Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0", "Firefox on Android", models.DevicePhone},
	{"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 " +
		"Mobile Safari/537.36", "Samsung Internet on Android", models.DevicePhone},
	{"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile " +
		"Safari/537.36 EdgA/141.0.0.0", "Edge on Android", models.DevicePhone},
	{"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile " +
		"Safari/537.36 OPR/92.0.0.0", "Opera on Android", models.DevicePhone},
	{"Mozilla/5.0 (Linux; U; Android 13; en-US; CUBOT X70) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 " +
		"Chrome/123.0 UCBrowser/13.9 Mobile Safari/537.36", "UC Browser on Android", models.DevicePhone},
	{"Mozilla/5.0 (Linux; Android 14; 23049PCD8G) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/112.0 Mobile " +
		"Safari/537.36 XiaoMi/MiuiBrowser/14.30", "Mi Browser on Android", models.DevicePhone},
	{"Mozilla/5.0 (Linux; Android 12; NOH-NX9; HarmonyOS) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0 " +
		"HuaweiBrowser/15.0 Mobile Safari/537.36", "Huawei Browser on Android", models.DevicePhone},
	{"Mozilla/5.0 (Linux; Android 11; KFTRWI) AppleWebKit/537.36 (KHTML, like Gecko) Silk/132.4 like Chrome/132.0 " +
		"Safari/537.36", "Silk on Android", models.DeviceTablet},
	{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.7 " +
		"Mobile/15E148 DuckDuckGo/7 Safari/605.1.15", "DuckDuckGo on iPhone", models.DevicePhone},
	{"Mozilla/5.0 (Mobile; Nokia 6300 4G; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.5.4",
		"Firefox on KaiOS", models.DevicePhone},

	// Pages inside apps.
	{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/22H20 " +
		"Instagram 405.0.0 (iPhone15,4; iOS 18_7)", "Instagram on iPhone", models.DevicePhone},
	{"Mozilla/5.0 (Linux; Android 15; SM-S921B; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 " +
		"Chrome/142.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/536.0;]", "Facebook on Android", models.DevicePhone},
	{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 " +
		"musical_ly_42.1.0 BytedanceWebview/d8a21c6", "TikTok on iPhone", models.DevicePhone},
	{"Mozilla/5.0 (Linux; Android 14; V2309A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile " +
		"Safari/537.36 MicroMessenger/8.0.61", "WeChat on Android", models.DevicePhone},
	{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 " +
		"Safari Line/15.18.0", "LINE on iPhone", models.DevicePhone},
	{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/393.1 " +
		"Mobile/15E148 Safari/604.1", "Google app on iPhone", models.DevicePhone},
	{"Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
		"iPhone", models.DevicePhone},
	{"Mozilla/5.0 (Linux; Android 15; Pixel 9; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 " +
		"Chrome/142.0.0.0 Mobile Safari/537.36", "Android", models.DevicePhone},

	// Televisions and consoles.
	{"Mozilla/5.0 (SMART-TV; LINUX; Tizen 8.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0 TV Safari/537.36",
		"Chrome on Smart TV", models.DeviceTV},
	{"Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36 WebAppManager",
		"Chrome on webOS", models.DeviceTV},
	{"Mozilla/5.0 (Linux; Android 9; AFTMM Build/NS6297) AppleWebKit/537.36 (KHTML, like Gecko) Silk/132.4 like " +
		"Chrome/132.0 Safari/537.36", "Silk on Fire TV", models.DeviceTV},
	{"Mozilla/5.0 (PlayStation; PlayStation 5/9.00) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15",
		"Safari on PlayStation", models.DeviceConsole},
	{"Mozilla/5.0 (Windows NT 10.0; Win64; x64; Xbox; Xbox One) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 " +
		"Safari/537.36 Edg/140.0", "Edge on Xbox", models.DeviceConsole},

	// What apps send requests with, and programs.
	{"okhttp/4.12.0", "An app on Android", models.DeviceApp},
	{"Dalvik/2.1.0 (Linux; U; Android 15; Pixel 9 Build/AP4A)", "An app on Android", models.DeviceApp},
	{"MyShop/3.2.1 CFNetwork/3826.600 Darwin/24.6.0", "MyShop on iOS or macOS", models.DeviceApp},
	{"MyShop/3.2 (com.example.shop; build:7; iOS 18.7.0) Alamofire/5.10.2", "MyShop on iOS", models.DeviceApp},
	{"Dart/3.9 (dart:io)", "An app", models.DeviceApp},
	{"ShopApp/3.2 (iPhone; iOS 18.5)", "ShopApp on iPhone", models.DevicePhone},
	{"curl/8.16.0", "curl", models.DeviceProgram},
	{"Wget/1.25.0", "Wget", models.DeviceProgram},
	{"PostmanRuntime/7.49.1", "Postman", models.DeviceProgram},
	{"python-requests/2.32.5", "Python", models.DeviceProgram},
	{"Python/3.13 aiohttp/3.13.2", "Python", models.DeviceProgram},
	{"Go-http-client/2.0", "Go", models.DeviceProgram},
	{"axios/1.13.2", "Node.js", models.DeviceProgram},
	{"node", "Node.js", models.DeviceProgram},
	{"Apache-HttpClient/5.5 (Java/21.0.8)", "Java", models.DeviceProgram},
	{"GuzzleHttp/7", "PHP", models.DeviceProgram},
	{"warehouse-sync/1.0", "warehouse-sync", models.DeviceProgram},

	// Programs that read the web on their own.
	{"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Googlebot/2.1; +http://www.google.com/bot.html) " +
		"Chrome/142.0.0.0 Safari/537.36", "Googlebot", models.DeviceBot},
	{"Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", "bingbot", models.DeviceBot},
	{"facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", "facebookexternalhit", models.DeviceBot},
	{"Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)", "Baiduspider",
		models.DeviceBot},

	// Nothing, and what somebody wants to be repeated.
	{"", "Unknown device", models.DeviceUnknown},
	{"evil.example/1.0", "Unknown device", models.DeviceUnknown},
	{"https://evil.example", "Unknown device", models.DeviceUnknown},
	{"Mozilla/5.0 https://evil.example", "Unknown device", models.DeviceUnknown},
	{"curl\r\nBcc: b@example.com", "Unknown device", models.DeviceUnknown},
	{"<script>alert(1)</script>", "Unknown device", models.DeviceUnknown},
	{"call 0900 123456 bot/1", "bot", models.DeviceBot},
	{strings.Repeat("a", longestWord+1) + "/", "Unknown device", models.DeviceUnknown},
	{strings.Repeat("a", longestWord+1) + "bot/", "A bot", models.DeviceBot},
}

func TestParse(t *testing.T) {
	for _, agent := range agents {
		got := Parse(agent.userAgent, "")
		if got.Description != agent.description || got.Kind != agent.kind {
			t.Errorf("%q is %s %q, want %s %q",
				agent.userAgent, got.Kind, got.Description, agent.kind, agent.description)
		}
	}
}

// TestBrands: some browsers look like Chrome in the User-Agent header, and say who they are in Sec-CH-UA.
func TestBrands(t *testing.T) {
	const chromium = `"Chromium";v="142", `
	userAgent := agents[0].userAgent
	for brands, want := range map[string]string{
		chromium + `"Brave";v="142", "Not_A Brand";v="99"`:         "Brave on Windows",
		chromium + `"Google Chrome";v="142", "Not_A Brand";v="99"`: "Chrome on Windows",
		chromium + `"DuckDuckGo";v="142"`:                          "DuckDuckGo on Windows",
		chromium + `"evil.example";v="1"`:                          "Chrome on Windows",
		"":                                                         "Chrome on Windows",
	} {
		if got := Parse(userAgent, brands); got.Description != want {
			t.Errorf("%q is %q, want %q", brands, got.Description, want)
		}
	}

	firefox := Parse("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", `"Brave";v="142"`)
	if firefox.Description != "Firefox on Linux" {
		t.Errorf("Firefox with a header of another browser is %q", firefox.Description)
	}
}

// FuzzParse: no header is repeated, whatever it holds.
func FuzzParse(f *testing.F) {
	for _, agent := range agents {
		f.Add(agent.userAgent, "")
	}

	f.Fuzz(func(t *testing.T, userAgent, brands string) {
		got := Parse(userAgent, brands)
		if got.Description == "" || got.Kind == "" {
			t.Errorf("%q has no words: %+v", userAgent, got)
		}
		if strings.ContainsAny(got.Description, "\r\n<>:@") {
			t.Errorf("%q became %q", userAgent, got.Description)
		}
	})
}
