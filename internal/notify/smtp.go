package notify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"
	"unicode"

	netmail "net/mail"

	"github.com/wneessen/go-mail"

	"github.com/accountql/accountql/internal/trace"
)

// SMTPServer holds the mail server's address, and the sender of the mail.
type SMTPServer struct {
	Host string
	Port int
	// User and Password authenticate to the server; without a user there is no authentication.
	User, Password string
	// ImplicitTLS starts with TLS (smtps://); otherwise STARTTLS is mandatory.
	ImplicitTLS bool
	// Plain uses no TLS: only for development, with a server on this machine.
	Plain bool
	// From is the sender of all mail, such as "Shop <no-reply@shop.example>".
	From string
	// Roots are the trusted certificate authorities; nil means the system's.
	Roots *x509.CertPool
}

// Mailer sends mail to one SMTP server, over connections that it reuses.
type Mailer struct {
	server SMTPServer
	from   *netmail.Address
	// domain is the sender's domain, for Message-IDs and the greeting of the server (EHLO).
	domain string
	idle   idleConnections
}

// NewMailer returns a sender of mail, which connects only when there is a mail to send. It returns an error if the
// sender is not a valid address.
func NewMailer(server SMTPServer) (*Mailer, error) {
	from, err := netmail.ParseAddress(server.From)
	if err != nil || checkMailbox(from.Address) != nil || !ascii(from.Address) {
		return nil, errors.New("the sender must be one address, such as Shop <no-reply@shop.example>")
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	return &Mailer{server: server, from: from, domain: domain}, nil
}

// Close closes the idle connections.
func (m *Mailer) Close() { m.idle.closeAll() }

// exchangeTimeout bounds each exchange with the server if the context doesn't; a context can end it earlier.
const exchangeTimeout = time.Minute

// Send sends one mail. A refusal of the recipient or of the content with a code from 500 is permanent. A refusal of
// the connection, of our authentication or of our sender is not: it is the same for every mail, so an operator can
// fix it, and no message may be lost until then.
func (m *Mailer) Send(ctx context.Context, message Rendered) (err error) {
	ctx, span := trace.Start(ctx, trace.Client, "SMTP")
	defer func() { span.Fail(err); span.End() }()

	letter, err := m.compose(message)
	if err != nil {
		return Permanent(err)
	}

	for {
		conn, err := m.connect(ctx)
		if err != nil {
			return preferContextErr(ctx, fmt.Errorf("connect to the mail server: %w", err))
		}

		waited := conn.sent > 0
		err = m.sendOver(conn, letter)
		// A failure after the server has accepted the mail does not undo that.
		if err == nil || letter.IsDelivered() {
			return nil
		}

		var failure *mail.SendError
		// A server may close a connection that was idle for long; only a new connection shows the server's real
		// state.
		if waited && errors.As(err, &failure) && failure.Reason == mail.ErrConnCheck && ctx.Err() == nil {
			continue
		}

		return preferContextErr(ctx, refusal(err))
	}
}

// Try signs in to the mail server as for a mail and sends none. It reports whether the connection has TLS. The error
// has no password in it.
func (m *Mailer) Try(ctx context.Context) (secured bool, err error) {
	conn, err := m.connect(ctx)
	if err != nil {
		return false, m.withoutPassword(preferContextErr(ctx, err))
	}
	defer func() { _ = conn.socket.Close() }()

	_, secured = conn.client.TLSConnectionState()
	err = conn.client.Noop()
	if err == nil {
		err = conn.client.Quit()
	}
	if !conn.release() || err != nil {
		return secured, m.withoutPassword(preferContextErr(ctx, err))
	}

	return secured, nil
}

// withoutPassword returns the text of an error in one line. A server may repeat what it was sent, and the library
// quotes what the server says.
func (m *Mailer) withoutPassword(err error) error {
	text, user, password := err.Error(), m.server.User, m.server.Password
	if password != "" {
		for _, secret := range []string{
			base64.StdEncoding.EncodeToString([]byte("\x00" + user + "\x00" + password)),
			base64.StdEncoding.EncodeToString([]byte(password)), password, strings.Trim(strconv.Quote(password), `"`),
		} {
			text = strings.ReplaceAll(text, secret, "xxxxx") // guard: a tried password is not shown
		}
	}

	return errors.New(printable(strings.Join(strings.Fields(text), " ")))
}

// sendOver sends over one connection, and keeps it for the next mail. After a failure the state of the conversation
// is in doubt, so it closes the connection.
func (m *Mailer) sendOver(conn *connection, letter *mail.Msg) error {
	client, err := m.client()
	if err == nil {
		err = client.SendWithSMTPClient(conn.client, letter)
	}

	conn.sent++
	if !conn.release() || err != nil {
		_ = conn.socket.Close()
		return err
	}

	m.idle.keep(conn)

	return nil
}

// connect returns an idle connection, or a new one. The connection ends with ctx until it is released.
func (m *Mailer) connect(ctx context.Context) (*connection, error) {
	if conn := m.idle.take(); conn != nil {
		conn.bind(ctx)
		// The deadline of the previous mail may have passed.
		if conn.client.UpdateDeadline(exchangeTimeout) == nil {
			return conn, nil
		}
		_ = conn.socket.Close()
	}

	conn := &connection{}
	client, err := m.client(mail.WithDialContextFunc(func(
		dialCtx context.Context, network, address string,
	) (net.Conn, error) {
		socket, err := m.dial(dialCtx, network, address)
		if err == nil {
			conn.socket = socket
			conn.bind(ctx)
		}
		return socket, err
	}))
	if err != nil {
		return nil, err
	}

	conn.client, err = client.DialToSMTPClientWithContext(ctx)
	if err != nil && conn.socket != nil {
		// The library leaves the socket open if the conversation never began.
		conn.release()
		_ = conn.socket.Close()
	}

	return conn, err
}

// dial opens the socket, with TLS from its first byte if ImplicitTLS is set.
func (m *Mailer) dial(ctx context.Context, network, address string) (net.Conn, error) {
	dialer := &net.Dialer{}
	if m.server.ImplicitTLS {
		return (&tls.Dialer{NetDialer: dialer, Config: m.tls()}).DialContext(ctx, network, address)
	}
	return dialer.DialContext(ctx, network, address)
}

func (m *Mailer) tls() *tls.Config {
	return &tls.Config{ServerName: m.server.Host, MinVersion: tls.VersionTLS12, RootCAs: m.server.Roots}
}

// client returns the library's client, which here holds no connection of its own.
func (m *Mailer) client(more ...mail.Option) (*mail.Client, error) {
	options := []mail.Option{
		mail.WithPort(m.server.Port), mail.WithTimeout(exchangeTimeout), mail.WithHELO(m.domain),
		// The address is ASCII. A mail that the server has accepted needs no RSET, whose failure would look like a
		// failure of the mail.
		mail.WithoutSMTPUTF8(), mail.WithoutRset(),
	}
	switch {
	case m.server.ImplicitTLS:
		options = append(options, mail.WithSSL())
	case m.server.Plain:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory), mail.WithTLSConfig(m.tls()))
	}

	if m.server.User != "" {
		options = append(options, mail.WithSMTPAuthCustom(&signIn{server: m.server}))
	}

	return mail.NewClient(m.server.Host, append(options, more...)...)
}

// compose builds the mail: one sender, one recipient, and the headers below. The subject is a template without
// data, so no header holds anything that a user typed (R-OUT3).
func (m *Mailer) compose(message Rendered) (*mail.Msg, error) {
	if err := checkMailbox(message.To); err != nil {
		return nil, err
	}
	if !ascii(message.To) || message.Subject != printable(message.Subject) {
		return nil, errRecipient
	}

	letter := mail.NewMsg(mail.WithNoDefaultUserAgent())
	letter.FromMailAddress(m.from)
	// Addresses of Japanese carriers may have dots that RFC 5321 allows only within quotes; String adds the quotes.
	letter.ToMailAddress(&netmail.Address{Address: message.To})
	letter.Subject(message.Subject)
	// Both are the same at every attempt, so that a mail that arrives twice can be recognised as one.
	letter.SetDateWithValue(message.CreatedAt)
	letter.SetMessageIDWithValue(message.ID + "@" + m.domain)
	// Keeps vacation notices from answering (RFC 3834).
	letter.SetGenHeader("Auto-Submitted", "auto-generated")
	letter.SetBodyString(mail.TypeTextPlain, message.Text)
	letter.AddAlternativeString(mail.TypeTextHTML, message.HTML)

	return letter, nil
}

// firstPermanent is the first reply code of a failure that a retry would repeat (RFC 5321).
const firstPermanent = 500

// refusal marks the error of a failed attempt as permanent if a retry can't help.
func refusal(err error) error {
	var failure *mail.SendError
	if !errors.As(err, &failure) || failure.ErrorCode() < firstPermanent {
		return err
	}

	switch failure.Reason {
	case mail.ErrSMTPRcptTo, mail.ErrSMTPData, mail.ErrSMTPDataClose:
		return Permanent(err)
	default:
		return err
	}
}

// preferContextErr returns the error of ctx if ctx has ended, instead of the failure that closing the socket
// caused.
func preferContextErr(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("the mail server did not answer in time: %w", ctx.Err())
	}
	return err
}

func ascii(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII })
}
