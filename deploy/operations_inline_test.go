package deploy_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// instead are the commands in the sentences of docs/operations.md that run in another form than they stand there.
var instead = map[string]string{
	"go test -run xxx -bench Operations ./internal/server": `grep -q 'func BenchmarkOperations(' "$ROOT"/internal/server/*_test.go`,
	"jq 'sort_by(.at)'":              "accountql audit list | jq 'sort_by(.at)'",
	"op run -- docker compose up -d": "docker compose up -d",
	"account erase --from":           "accountql account erase --help",
	"consent link --account ID":      "accountql consent link --account ID --channel email --public-url https://accounts.shop.example",
	"consent link --all":             "accountql consent link --all --channel email --public-url https://accounts.shop.example",
	"docker compose up":              "docker compose up -d",
	// The mail server of the file can't be reached; all else is as the page says.
	systemdRun: `printf 'smtps://shop:secret@127.0.0.1:1\n' >system/settings/smtp
if ` + systemdRun + ` 2>said; then exit 1; fi
grep -q '^accountql: --smtp .*refused' said && grep -q '^accountql: 1 of 2 trials failed$' said`,
}

// systemdRun checks the settings as the unit will have them.
const systemdRun = "sudo systemd-run --pipe --wait -p EnvironmentFile=/etc/accountql/environment -p " +
	"Environment=ACCOUNTQL_MODE=production -p Environment=ACCOUNTQL_DATABASE_FILE=/etc/accountql/database -p " +
	"Environment=ACCOUNTQL_SMTP_FILE=/etc/accountql/smtp accountql config check --try"

// elsewhere are commands in sentences that other tests run, by the name of the test, or that are only named.
var elsewhere = map[string]string{
	"curl 'http://METRICS-LISTEN/readyz?verbose'":          "TestReadyNamesTheCheck of internal/server asks a server",
	"promtool test rules rules_test.yml":                   "TestAlertsFire of docs runs it",
	"systemd-analyze security accountql":                   "TestUnitExposure runs it on the file, because no unit is installed",
	"sops exec-env":                                        "the name of a program's command",
	"docker inspect":                                       "the name of a program's command",
	"docker compose":                                       "the name of a program",
	"copy --from postgres://… --to accountql.db":           "TestCopy of internal/store/transfer copies in both directions",
	"| jq 'del(.activity[].operator, .activity[].reason)'": "the end of a command, which runs below",
}

// TestOperationsSentences runs the commands in the sentences and tables of docs/operations.md, as TestOperationsPage does
// those in its blocks. Of a command of the program that stands there with its name alone, it runs the help.
func TestOperationsSentences(t *testing.T) {
	page := newPage(t)
	text := read(t, "../docs/operations.md")
	for _, block := range regexp.MustCompile("(?ms)^```sh\n(.*?)^```$").FindAllStringSubmatch(text, -1) {
		if strings.Contains(block[1], "systemd/environment") {
			page.run(block[1]) // installs what systemd-run reads
		}
	}

	programs := regexp.MustCompile(`^(?:accountql|docker|kubectl|sudo|curl|echo|go|make|op|sops|jq|\| jq|systemctl|systemd-analyze|promtool|journalctl) `)
	ours := regexp.MustCompile(`^(?:accountql )?((?:account|apikey|audit|config|consent|keys|outbox|templates|webhook) [a-z-]+|backup|copy|healthcheck|migrate|serve)\b`)
	prose := regexp.MustCompile("(?ms)^```.*?^```$").ReplaceAllString(text, "")
	ran := 0
	var seen []string
	for _, span := range regexp.MustCompile("`([^`\n]+)`").FindAllStringSubmatch(prose, -1) {
		command := span[1]
		if slices.Contains(seen, command) || !programs.MatchString(command) && !ours.MatchString(command) {
			continue
		}
		seen = append(seen, command)

		line, other := instead[command]
		name := ours.FindStringSubmatch(command)
		switch {
		case elsewhere[command] != "":
			continue
		case other:
		case name != nil && !strings.Contains(command, " --"):
			line = "accountql " + name[1] + " --help"
		case name != nil && !strings.HasPrefix(command, "accountql "):
			line = "accountql " + command
		default:
			line = command
		}
		page.must(page.substitutions.Replace(line))
		ran++
	}

	page.must("accountql account export " + page.account + " | jq -e 'del(.activity[].operator, .activity[].reason)'")
	if ran < 35 {
		t.Errorf("only %d commands ran: %q", ran, seen)
	}
	for command := range instead {
		if !slices.Contains(seen, command) {
			t.Errorf("docs/operations.md does not have %q", command)
		}
	}
	for command := range elsewhere {
		if !slices.Contains(seen, command) {
			t.Errorf("docs/operations.md does not have %q", command)
		}
	}
}
