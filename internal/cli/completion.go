package cli

import (
	"embed"
	"fmt"
	"regexp"
	"strings"
	"text/template"

	"github.com/alecthomas/kong"

	"github.com/accountql/accountql/models"
)

// scripts are the templates of the scripts, one for each shell. They get the list of places.
//
//go:embed completion
var scripts embed.FS

type completionCommand struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
}

// Run prints a script that makes the shell complete commands, flags, and the values of flags that have a few.
func (c *completionCommand) Run(p *Program, command *kong.Context) error {
	script, err := template.New("").Funcs(template.FuncMap{"quote": quote, "join": strings.Join}).
		ParseFS(scripts, "completion/*")
	if err != nil {
		return fmt.Errorf("completion: %w", err)
	}

	if err = script.ExecuteTemplate(p.Stdout, c.Shell, placesOf(command.Model.Node, "")); err != nil {
		return fmt.Errorf("completion: %w", err)
	}

	return nil
}

// place is a command and what may follow it.
type place struct {
	// Path is the words from the program's name to the command, without that name.
	Path string
	// Words are the commands below it, or the values of its argument.
	Words []word
	Flags []flag
	// Files says that a file name may follow.
	Files bool
}

// word is a word that the shell may offer, and what it means.
type word struct{ Name, Help string }

// flag is a flag of a command. It takes a value unless it is a switch: one of Values or, if there are none, any text.
type flag struct {
	word
	Switch bool
	Values []string
}

// Command returns the words from the program's name to a word that follows.
func (p place) Command(word word) string { return strings.TrimSpace(p.Path + " " + word.Name) }

// placesOf returns a command and the commands below it.
func placesOf(node *kong.Node, path string) []place {
	here := place{Path: path}
	var below []place
	for _, child := range node.Children {
		here.Words = append(here.Words, word{child.Name, firstSentence(child.Help)})
		below = append(below, placesOf(child, strings.TrimSpace(path+" "+child.Name))...)
	}

	for _, argument := range node.Positional {
		if argument.Enum == "" {
			here.Files = true
			continue
		}
		for _, name := range strings.Split(argument.Enum, ",") {
			here.Words = append(here.Words, word{name, ""})
		}
	}

	here.Flags = flagsOf(node)
	if node.DefaultCmd != nil {
		here.Flags = append(here.Flags, flagsOf(node.DefaultCmd)...)
	}
	if node.Type != kong.ApplicationNode { // where it is a flag like the others
		here.Flags = append(here.Flags, flag{word: word{"help", "Show context-sensitive help."}, Switch: true})
	}

	return append([]place{here}, below...)
}

func flagsOf(node *kong.Node) []flag {
	var flags []flag
	for _, one := range node.Flags {
		flags = append(flags, flag{word{one.Name, firstSentence(one.Help)}, one.IsBool(), valuesOf(one)})
	}
	return flags
}

// choices matches the placeholder of a flag that has a few values, such as on|off.
var choices = regexp.MustCompile(`^[a-z]+(\|[a-z]+)+$`)

func valuesOf(flag *kong.Flag) []string {
	if _, ok := flag.Target.Interface().([]models.Permission); ok {
		return strings.Split(permissions(), ", ")
	}
	if choices.MatchString(flag.PlaceHolder) {
		return strings.Split(flag.PlaceHolder, "|")
	}
	return nil
}

func firstSentence(help string) string {
	sentence, _, _ := strings.Cut(help, ". ")
	return strings.TrimSuffix(sentence, ".")
}

// quote returns the text in single quotes, which mean the same in all three shells: it has neither a quote nor a
// backslash of its own.
func quote(text string) string {
	return "'" + strings.NewReplacer("'", "’", `\`, "", ":", ",").Replace(text) + "'"
}
