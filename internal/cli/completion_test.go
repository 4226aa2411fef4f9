package cli

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// completions are lines that somebody has begun, some of the words that every shell must offer, and one that it
// must not.
var completions = []struct {
	line    string
	offered []string
	not     string
}{
	{"accountql api", []string{"apikey"}, "account"},
	{"accountql a", []string{"apikey", "account", "audit"}, "serve"},
	{"accountql apikey ", []string{"create", "list", "revoke"}, "serve"},
	{"accountql account e", []string{"export", "erase"}, "get"},
	{"accountql completion ", []string{"bash", "zsh", "fish"}, "serve"},
	{"accountql --metrics", []string{"--metrics-listen"}, "--mode"},
	{"accountql serve --limit-network-", []string{"--limit-network-tries"}, "--limit-messages"},
	{"accountql apikey create --na", []string{"--name"}, "--permission"},
	{"accountql apikey create --name create --ex", []string{"--expires"}, "--name"},
	{"accountql --log-level ", []string{"debug", "warn"}, "serve"},
	{"accountql serve --log-level=de", []string{"debug"}, "warn"},
	{"accountql apikey create --permission SAUTH_LOGIN_", []string{"SAUTH_LOGIN_CLIENT_CREATE"}, "--name"},
	{"accountql serve --he", []string{"--help"}, "--mode"},
	{"accountql backup here", []string{"here.db"}, "serve"},
	{"accountql serve --database here", []string{"here.db"}, "serve"},
}

// shells are programs that let a shell complete the lines that they get as arguments after the file of the script.
// Each prints a line with "==" and what is offered.
var shells = map[string]string{
	// Does what bash does when somebody presses the tabulator: splits the line, calls the function of the command,
	// and offers files if that finds nothing.
	"bash": `source "$1"; shift
[[ $(complete -p accountql) == *"-o default -F _accountql accountql" ]] || exit 1
for line; do
	IFS=' ' read -ra COMP_WORDS <<<"${line/=/ = }"
	[[ $line == *' ' ]] && COMP_WORDS+=("")
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	_accountql accountql "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
	[[ ${#COMPREPLY[@]} -gt 0 ]] || COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
	printf '==\n'; printf '%s\n' "${COMPREPLY[@]}"
done`,
	"fish": `source $argv[1]
for line in $argv[2..-1]
	echo ==; complete -C $line
end`,
	// Types each line into an interactive zsh, lets it list what fits, and deletes the line. With
	// "2004h" zsh asks for a line.
	"zsh": `script=$1; shift
zmodload zsh/zpty
zpty shell 'PS1= zsh -f -i'
zpty -w shell 'autoload -Uz compinit; compinit -D -u; source '$script
zpty -w shell 'LISTMAX=1000; COLUMNS=200; LINES=1000; bindkey "^I" list-choices; echo re""ady'
zpty -r shell text '*ready*'
for line; do
	zpty -r shell text '*2004h*'
	zpty -w -n shell "$line"$'\t\C-u'"echo do''ne"$'\n'
	zpty -r shell text $'*\ndone*'
	print '=='; print -r -- "$text" | grep -vF -e "$line" -e done
done
true`,
}

// TestCompletion lets each shell complete lines by the script that it gets.
func TestCompletion(t *testing.T) {
	lines := make([]string, len(completions))
	for i, one := range completions {
		lines[i] = one.line
	}

	for shell, program := range shells {
		t.Run(shell, func(t *testing.T) {
			if _, err := exec.LookPath(shell); err != nil {
				t.Skip("no " + shell + ": it is in Debian's package of that name")
			}

			code, script, stderr := runWith(t, nil, "completion", shell)
			if code != 0 {
				t.Fatal(code, stderr)
			}

			dir := t.TempDir()
			for name, text := range map[string]string{"script": script, "here.db": ""} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}

			args := []string{"-c", program, shell, filepath.Join(dir, "script")}
			if shell == "fish" {
				args = slices.Delete(args, 2, 3) // fish has no place for the program's name
			}

			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			command := exec.CommandContext(ctx, shell, append(args, lines...)...)
			command.Dir, command.Env = dir, append(os.Environ(), "HOME="+dir, "TERM=dumb")
			text, err := command.CombinedOutput()
			answers := strings.Split(string(text), "==\n")[1:]
			if err != nil || len(answers) != len(completions) {
				t.Fatalf("%v: %d answers: %s", err, len(answers), text)
			}

			for i, one := range completions {
				offered := strings.Fields(answers[i])
				for at, word := range offered {
					if _, value, found := strings.Cut(word, "="); found {
						offered[at] = value // fish repeats the flag
					}
				}

				for _, word := range one.offered {
					if !slices.Contains(offered, word) {
						t.Errorf("%q: %s is missing in %q", one.line, word, answers[i])
					}
				}
				if slices.Contains(offered, one.not) {
					t.Errorf("%q: %s is offered in %q", one.line, one.not, answers[i])
				}
			}
		})
	}
}

// TestCompletionKnowsEveryCommand checks that no command and no flag of the help is left out.
func TestCompletionKnowsEveryCommand(t *testing.T) {
	_, script, _ := runWith(t, nil, "completion", "bash")
	for _, command := range []string{"", "serve", "apikey create", "account import", "copy", "outbox list"} {
		_, help, _ := runWith(t, nil, append(strings.Fields(command), "--help")...)
		_, words, _ := strings.Cut(script, "\t\t'"+command+"') words='")
		words, _, _ = strings.Cut(words, "'")
		for _, word := range strings.Fields(help) {
			flag, _, _ := strings.Cut(strings.TrimRight(word, ",;.)"), "=")
			if strings.HasPrefix(word, "--") && command != "" && strings.Contains(help, "  "+flag) &&
				!slices.Contains(strings.Fields(words), flag) {
				t.Errorf("%q does not complete %s", command, flag)
			}
		}
	}
}
