package server

import (
	"bytes"
	"context"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/accountql/accountql/internal/cli"
	"github.com/accountql/accountql/internal/config"
)

// TestComposeFile reads compose.yaml as an engine would, and starts the commands of its processes with the settings
// that they get there, except for the database.
func TestComposeFile(t *testing.T) {
	text, err := os.ReadFile("compose.yaml")
	if err != nil {
		t.Fatal(err)
	}

	var file struct {
		Services map[string]struct {
			Image       string
			Command     any
			Environment map[string]string
			Networks    []string
		}
		Networks, Volumes map[string]any
	}
	if err := yaml.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	if secret := regexp.MustCompile(`(?im)^\s*\w*password:\s+[^$\s]|://[^:/]+:[^$][^@\s]*@`).Find(text); secret != nil {
		t.Errorf("a secret stands in the file: %s", secret)
	}

	values := map[string]string{
		"DATABASE_PASSWORD": "pass", "DOMAIN": "accounts.shop.example", "REPLICATION_PASSWORD": "r",
		"SMTP": "smtps://shop:secret@mail.shop.example:465", "MAIL_FROM": "Shop <no-reply@shop.example>",
	}
	variable := regexp.MustCompile(`\$\{([A-Z_]+):\?\}`)
	started := []string{}
	for name, service := range file.Services {
		for _, network := range service.Networks {
			if _, there := file.Networks[network]; !there {
				t.Errorf("%s is in the network %s, which is not there", name, network)
			}
		}

		if service.Image != "accountql" {
			continue
		}

		var environ []string
		for key, value := range service.Environment {
			environ = append(environ, key+"="+variable.ReplaceAllStringFunc(value, func(found string) string {
				set, known := values[variable.FindStringSubmatch(found)[1]]
				if !known {
					t.Errorf("%s: nobody sets %s", name, found)
				}
				return set
			}))
		}

		args := []string{"serve"} // the image's command
		if list, ok := service.Command.([]any); ok {
			args = []string{list[0].(string)}
		}

		var stdout, stderr bytes.Buffer
		program := &cli.Program{
			Environ: environ, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
			Serve: func(_ context.Context, settings config.Settings) error {
				started = append(started, name)
				if !settings.Production() || len(settings.TrustedProxies) != 1 ||
					!strings.Contains(string(text), "subnet: "+settings.TrustedProxies[0].String()) {
					t.Errorf("%s serves with %+v", name, settings)
				}
				return nil
			},
			Create: func(_ context.Context, settings config.Settings) (*cli.Database, error) {
				started = append(started, name)
				if !strings.HasPrefix(settings.Database, "postgres://") {
					t.Errorf("%s works on %s", name, settings.Database)
				}
				return nil, context.Canceled
			},
		}
		if code := program.Run(t.Context(), args); code == 2 {
			t.Errorf("%s: %v is refused: %s", name, args, stderr.String())
		}
	}

	slices.Sort(started)
	if !slices.Equal(started, []string{"migrate", "one", "two"}) {
		t.Errorf("started %v", started)
	}
}
