package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Translations are languages of the account page that the shop brings along: more than it has, or other words for one
// that it has. The key is the language's code.
type Translations map[string]translation

// translation is what one file of --translations makes.
type translation struct {
	// compiled is what the page reads, as JSON.
	compiled []byte
	// outline is what stands in the page before its scripts.
	outline map[string]string
}

// languageFile is the name of a file of translations: a language of ISO 639.
var languageFile = regexp.MustCompile(`^[a-z]{2,3}\.json$`)

// ReadTranslations reads the files of a folder, such as it.json, each an object of ICU messages by their keys, as
// packages/react/locales/en.json is. A message that a file lacks is said in English. It reads strictly: an unknown key, a
// message that can't be read, and one that lacks an argument or a tag of the English one are mistakes, and the error
// names file and key of all of them.
func ReadTranslations(folder string) (Translations, error) {
	english, err := builtInMessages()
	if err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("can't be read: %w", err)
	}

	read, mistakes := Translations{}, []string{}
	for _, entry := range entries {
		name := entry.Name()
		if !languageFile.MatchString(name) {
			mistakes = append(mistakes, name+": is no file of a language, such as it.json")
			continue
		}
		text, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return nil, fmt.Errorf("can't be read: %w", err)
		}
		made, wrong := readTranslation(text, english)
		for _, mistake := range wrong {
			mistakes = append(mistakes, name+": "+mistake)
		}
		read[strings.TrimSuffix(name, ".json")] = made
	}

	if len(mistakes) > 0 {
		return nil, fmt.Errorf("has mistakes: %s", strings.Join(mistakes, "; "))
	}
	if len(read) == 0 {
		return nil, fmt.Errorf("has no file of a language, such as it.json")
	}

	return read, nil
}

// builtInMessages returns the English messages that the page was built with.
func builtInMessages() (map[string]string, error) {
	text, err := accountFiles.ReadFile("account/dist/messages.json")
	if err != nil {
		return nil, err
	}
	var messages map[string]string

	return messages, json.Unmarshal(text, &messages)
}

// readTranslation compiles one file, and says what is wrong with it.
func readTranslation(text []byte, english map[string]string) (translation, []string) {
	var messages map[string]string
	decoder := json.NewDecoder(bytes.NewReader(text))
	if err := decoder.Decode(&messages); err != nil || decoder.More() {
		return translation{}, []string{"must be one JSON object of texts"}
	}

	compiled, outline, mistakes := map[string]any{}, map[string]string{}, []string{}
	for _, key := range slices.Sorted(maps.Keys(messages)) {
		original, known := english[key]
		if !known {
			mistakes = append(mistakes, key+": there is no such message")
			continue
		}
		made, err := compileAs(messages[key], original)
		if err != nil {
			mistakes = append(mistakes, fmt.Sprintf("%s: %v", key, err))
			continue
		}
		if strings.HasPrefix(key, "outline.") {
			outline[key] = messages[key]
		} else {
			compiled[key] = made.tokens
		}
	}

	made, err := json.Marshal(compiled)
	if err != nil {
		mistakes = append(mistakes, err.Error())
	}

	return translation{made, outline}, mistakes
}

// compileAs compiles a translation of a message: it has to have the same arguments and tags.
func compileAs(text, original string) (*message, error) {
	made, err := compileMessage(text)
	if err != nil {
		return nil, err
	}
	wanted, err := compileMessage(original)
	if err != nil {
		return nil, err
	}

	for _, name := range slices.Sorted(maps.Keys(wanted.names)) {
		if !made.names[name] {
			return nil, fmt.Errorf("%s is missing", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(made.names)) {
		if !wanted.names[name] {
			return nil, fmt.Errorf("%s is not in the English message", name)
		}
	}

	return made, nil
}

// sendTranslation sends the messages of a language that the shop brought along.
func sendTranslation(w http.ResponseWriter, translations Translations, name string) {
	code, isFile := strings.CutSuffix(name, ".json")
	found, known := translations[code]
	if !isFile || !known {
		notFound(w)
		return
	}

	send(w, file{found.compiled, contentType(name), noStore})
}

// MarshalJSON writes what the page is told of the translations.
func (t translation) MarshalJSON() ([]byte, error) { return json.Marshal(t.outline) }
