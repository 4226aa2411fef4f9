package server

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"

	"github.com/accountql/accountql/internal/notify"
	"github.com/accountql/accountql/web"
)

// preview serves the messages as they look until ctx ends, and prints their address.
func preview(ctx context.Context, listen, templates string, stderr io.Writer) error {
	links := notify.Links{
		PasswordReset: "https://shop.example/reset#token={token}", EmailChange: "https://shop.example/email#token={token}",
		Activation: "https://shop.example/activate#token={token}", EmailUndo: "https://shop.example/undo#token={token}",
		DataExport:     "https://shop.example/download#token={token}",
		Consent:        "https://shop.example/consent/{token}",
		DeletionCancel: "https://shop.example/keep#token={token}",
		SecureAccount:  "https://shop.example/secure#token={token}",
		FactorReset:    "https://shop.example/factor#token={token}",
		Contact:        "help@shop.example",
		Account:        "https://shop.example/account",
	}
	if _, err := newRenderer(templates, links); err != nil {
		return err
	}

	handler, err := web.Preview("/", func() ([]web.Sample, error) { return renderSamples(templates, links) })
	if err != nil {
		return err
	}

	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", listen)
	if err != nil {
		return fmt.Errorf("--listen %s: %w", listen, err)
	}

	server := &http.Server{Handler: secure(onlyHosts(handler, "", slog.New(slog.DiscardHandler)),
		false), ReadHeaderTimeout: readHeaderTimeout, ReadTimeout: readTimeout}
	defer context.AfterFunc(ctx, func() { _ = server.Close() })()
	if _, err := fmt.Fprintf(stderr, "the messages are at http://%s/\n", listener.Addr()); err != nil {
		return errors.Join(err, listener.Close())
	}
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}

	return nil
}

// renderSamples reads the templates again at each call, so that a reload of the page shows the author's changes.
func renderSamples(templates string, links notify.Links) ([]web.Sample, error) {
	renderer, err := newRenderer(templates, links)
	if err != nil {
		return nil, err
	}

	samples, err := renderer.Samples()
	shown := make([]web.Sample, len(samples))
	for i, sample := range samples {
		m := sample.Message
		shown[i] = web.Sample{Language: sample.Language,
			Kind: string(m.Kind), Channel: string(m.Channel), To: m.To, Subject: m.Subject, Text: m.Text, HTML: m.HTML}
	}

	return shown, err
}
