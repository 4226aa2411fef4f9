package account

import (
	"fmt"
	"io"
	"slices"

	"github.com/accountql/accountql/internal/strictjson"
	"github.com/accountql/accountql/models"
)

// Wordings are the words that customers agree to, by channel: their versions, the current one last.
type Wordings map[models.ConsentChannel][]Wording

// Wording is one version of the words of a channel.
type Wording struct {
	Version string `json:"version"`
	// Texts are the words by language.
	Texts map[models.LanguageCode]string `json:"texts"`
}

// maxWordings is the largest size of the file of wordings, in bytes.
const maxWordings = 4 << 20

// ReadWordings reads the file of --consent-wordings. Its errors name what is wrong.
func ReadWordings(file io.Reader) (Wordings, error) {
	text, err := io.ReadAll(io.LimitReader(file, maxWordings+1))
	if err != nil {
		return nil, fmt.Errorf("can't be read: %w", err)
	}
	if len(text) > maxWordings {
		return nil, fmt.Errorf("must not have more than %d bytes", maxWordings)
	}

	var wordings Wordings
	if err := strictjson.Unmarshal(text, &wordings); err != nil {
		return nil, fmt.Errorf("must be a JSON object of channels with lists of versions: %w", err)
	}

	for channel, versions := range wordings {
		if !slices.Contains(models.ConsentChannels, channel) {
			return nil, fmt.Errorf("has a channel %q; there are %v", channel, models.ConsentChannels)
		}
		if err := checkVersions(versions); err != nil {
			return nil, fmt.Errorf("channel %s: %w", channel, err)
		}
	}

	return wordings, nil
}

func checkVersions(versions []Wording) error {
	if len(versions) == 0 {
		return fmt.Errorf("needs a version")
	}

	known := map[string]bool{}
	for _, wording := range versions {
		version, err := models.ParseText("version", wording.Version, maxTextLength)
		switch {
		case err != nil:
			return err
		case version != wording.Version:
			return fmt.Errorf("version %q must not begin or end with white space", wording.Version)
		case known[version]:
			return fmt.Errorf("version %q stands there twice", version)
		case len(wording.Texts) == 0:
			return fmt.Errorf("version %q needs texts", version)
		}
		known[version] = true

		for language, text := range wording.Texts {
			if parsed, err := models.ParseLanguage("texts", language); err != nil || parsed != language {
				return fmt.Errorf("version %q has a language %q, which must be a tag such as de or pt-BR", version, language)
			}
			if models.IsBlank(text) {
				return fmt.Errorf("version %q has no words in %q", version, language)
			}
		}
	}

	return nil
}

// current returns the version that customers are asked for now, or nil.
func (w Wordings) current(channel models.ConsentChannel) *string {
	versions := w[channel]
	if len(versions) == 0 {
		return nil
	}
	return &versions[len(versions)-1].Version
}
