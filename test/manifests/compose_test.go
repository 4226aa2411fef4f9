package manifests_test

import (
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
)

// TestComposeFile loads compose.yaml by the code of Docker Compose, which refuses what its schema does not have, and
// checks that the processes get no more than they need.
func TestComposeFile(t *testing.T) {
	environ := []string{
		"DOMAIN=accounts.shop.example", "DATABASE_PASSWORD=d", "REPLICATION_PASSWORD=r",
		"SMTP=smtps://shop:secret@mail.shop.example:465", "MAIL_FROM=Shop <no-reply@shop.example>",
	}
	options, err := cli.NewProjectOptions(
		[]string{"../../compose.yaml"}, cli.WithName("accountql"), cli.WithEnv(environ))
	if err != nil {
		t.Fatal(err)
	}

	project, err := options.LoadProject(t.Context())
	if err != nil {
		t.Fatal(err)
	}

	hardened := 0
	for name, service := range project.Services {
		if service.Image != "accountql" {
			continue
		}

		hardened++
		if !service.ReadOnly || !slices.Equal(service.CapDrop, []string{"ALL"}) || service.PidsLimit <= 0 ||
			!slices.Contains(service.SecurityOpt, "no-new-privileges:true") || len(service.Tmpfs) != 1 {
			t.Errorf("%s is more open than it has to be", name)
		}
	}

	if hardened != 3 {
		t.Errorf("%d services are AccountQL's", hardened)
	}
}

// TestImage checks that the image's user is a number, that of the manifests, and that the image says where it is from.
func TestImage(t *testing.T) {
	text, err := os.ReadFile("../../Dockerfile")
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`(?m)^USER 65532:65532$`).Match(text) {
		t.Error("the user is not 65532")
	}
	for _, label := range []string{"title", "source", "licenses", "version", "revision"} {
		if !regexp.MustCompile(`org\.opencontainers\.image\.` + label + `="[^"]+"`).Match(text) {
			t.Errorf("no label %s", label)
		}
	}
}
