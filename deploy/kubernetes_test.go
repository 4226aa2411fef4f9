package deploy_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/accountql/accountql/internal/cli"
	"github.com/accountql/accountql/internal/config"
)

// pod is what this test reads of a Deployment or a Job; test/manifests checks the rest.
type pod struct {
	Spec struct {
		Template struct {
			Spec struct {
				Containers []struct {
					Args  []string
					Env   []struct{ Name, Value string }
					Ports []struct {
						Number int `yaml:"containerPort"`
					}
					Mounts []struct {
						Path string `yaml:"mountPath"`
					} `yaml:"volumeMounts"`
				}
			}
		}
	}
}

// TestKubernetesSettings runs the commands of the Deployment and of the Job with the settings that they get there.
func TestKubernetesSettings(t *testing.T) {
	secrets := map[string]string{
		"database": "postgres://accountql:pass@db.shop.example/accountql?sslmode=verify-full",
		"smtp":     "smtps://shop:secret@mail.shop.example:465",
	}
	mounted := t.TempDir()
	for name, secret := range secrets {
		if err := os.WriteFile(filepath.Join(mounted, name), []byte(secret), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	var settings struct{ Data map[string]string }
	decode(t, "kubernetes/settings.yaml", &settings)
	for file, command := range map[string]string{"accountql.yaml": "serve", "migrate.yaml": "migrate"} {
		var object pod
		decode(t, "kubernetes/"+file, &object)
		container := object.Spec.Template.Spec.Containers[0]
		if len(container.Args) != 1 || container.Args[0] != command {
			t.Fatalf("%s runs %v", file, container.Args)
		}

		var environ []string
		for _, variable := range container.Env {
			path, secret := strings.CutPrefix(variable.Value, container.Mounts[0].Path+"/")
			if !secret {
				t.Errorf("%s: %s is outside of the volume", file, variable.Name)
			}
			environ = append(environ, variable.Name+"="+filepath.Join(mounted, path))
		}

		var stderr bytes.Buffer
		var got config.Settings
		ran := ""
		program := &cli.Program{
			Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: &stderr,
			Serve: func(_ context.Context, given config.Settings) error { ran, got = "serve", given; return nil },
			Create: func(_ context.Context, given config.Settings) (*cli.Database, error) {
				ran, got = "migrate", given
				return nil, context.Canceled
			},
		}
		if command == "serve" {
			for name, value := range settings.Data {
				environ = append(environ, name+"="+value)
			}
		}

		program.Environ = environ
		program.Run(t.Context(), container.Args)
		if ran != command || got.Database != secrets["database"] {
			t.Fatalf("%s: %s ran, on %q: %s", file, ran, got.Database, stderr.String())
		}
		if command == "migrate" {
			continue
		}

		if !got.Production() || got.SMTP != secrets["smtp"] || got.Migrate != config.Off || got.Listen != "0.0.0.0:8080" ||
			got.MetricsListen != "0.0.0.0:9090" {
			t.Errorf("%+v", got)
		}
		if ports := container.Ports; ports[0].Number != 8080 || ports[1].Number != 9090 {
			t.Errorf("the container's ports are %v", ports)
		}
	}
}

// decode reads the first document of a file.
func decode(t *testing.T, name string, into any) {
	t.Helper()
	if err := yaml.NewDecoder(strings.NewReader(read(t, name))).Decode(into); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}
