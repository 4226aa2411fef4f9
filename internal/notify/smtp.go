package notify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"
	"unicode"

	netmail "net/mail"

	"github.com/wneessen/go-mail"
)

// SMTPServer is where mail is handed over, and whose name it bears.
type SMTPServer struct {
	Host string
	Port int
	// User and Password sign in to the server; without a user nobody does.
	User, Password string
	// ImplicitTLS begins with TLS (smtps://); otherwise STARTTLS is mandatory.
	ImplicitTLS bool
	// Plain does without TLS: development only, for a server on this machine.
	Plain bool
	// From is the one sender of all mail, such as "Shop <no-reply@shop.example>".
	From string
	// Roots are the certificate authorities to trust; nil: those of the system.
	Roots *x509.CertPool
}

// Mailer sends mail to one SMTP server, over connections that it keeps for a while.
type Mailer struct {
	server SMTPServer
	from   *netmail.Address
	// domain is the sender's: Message-IDs are made under it, and the server is greeted by it.
	domain string
	idle   idleConnections
}

// NewMailer returns a sender of mail, which connects when there is something to send. It fails for a sender that is no address.
func NewMailer(server SMTPServer) (*Mailer, error) {
	from, err := netmail.ParseAddress(server.From)
	if err != nil || checkMailbox(from.Address) != nil || !ascii(from.Address) {
		return nil, errors.New("the sender must be one address, such as Shop <no-reply@shop.example>")
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	return &Mailer{server: server, from: from, domain: domain}, nil
}

// Close closes the connections that wait for the next mail.
func (m *Mailer) Close() { m.idle.closeAll() }

// exchange bounds every exchange with the server where the context doesn't; a context ends it earlier.
const exchange = time.Minute

// Send hands one mail over. A refusal of the recipient or of the content with a
// code from 500 is permanent. Whatever the server says to the connection, to our
// sign-in or to our sender is not: it is the same for every mail, so an operator
// can mend it, and no message may be lost until then.
func (m *Mailer) Send(ctx context.Context, message Rendered) error {
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
		// What fails after the server has taken the mail does not make it come back.
		if err == nil || letter.IsDelivered() {
			return nil
		}
		var failure *mail.SendError
		// A server may close a connection that waited for long; only a new one tells how it stands.
		if waited && errors.As(err, &failure) && failure.Reason == mail.ErrConnCheck && ctx.Err() == nil {
			continue
		}
		return preferContextErr(ctx, refusal(err))
	}
}

// sendOver sends over one connection, and keeps it for the next mail. After a
// failure the state of the conversation is in doubt, so that connection ends.
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

// connect returns a connection that waits, or a new one. It ends with ctx until it is released.
func (m *Mailer) connect(ctx context.Context) (*connection, error) {
	if conn := m.idle.take(); conn != nil {
		conn.bind(ctx)
		// The deadline of the mail before may be over.
		if conn.client.UpdateDeadline(exchange) == nil {
			return conn, nil
		}
		_ = conn.socket.Close()
	}
	conn := &connection{}
	client, err := m.client(mail.WithDialContextFunc(func(dialCtx context.Context, network, address string) (net.Conn, error) {
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
		// The library leaves the socket of a conversation open that never began.
		conn.release()
		_ = conn.socket.Close()
	}
	return conn, err
}

// dial opens the socket, with TLS from its first byte where the server wants it so.
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

// client is the library's, which holds no connection of its own here.
func (m *Mailer) client(more ...mail.Option) (*mail.Client, error) {
	options := []mail.Option{
		mail.WithPort(m.server.Port), mail.WithTimeout(exchange), mail.WithHELO(m.domain),
		// The address is ASCII, and a mail that the server has taken needs no RSET, whose failure would look like one of the mail.
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

// compose builds the letter: one sender, one recipient, and the headers below.
// The subject is a template without data, so nothing that a user typed comes into any of them (R-OUT3).
func (m *Mailer) compose(message Rendered) (*mail.Msg, error) {
	if err := checkMailbox(message.To); err != nil {
		return nil, err
	}
	if !ascii(message.To) || message.Subject != printable(message.Subject) {
		return nil, errRecipient
	}
	letter := mail.NewMsg(mail.WithNoDefaultUserAgent())
	letter.FromMailAddress(m.from)
	// Dots that RFC 5321 has only within quotes, in addresses of Japanese carriers, are written so by String.
	letter.ToMailAddress(&netmail.Address{Address: message.To})
	letter.Subject(message.Subject)
	// Both are the same at every attempt, so that a mail that arrives twice is known for one.
	letter.SetDateWithValue(message.CreatedAt)
	letter.SetMessageIDWithValue(message.ID + "@" + m.domain)
	// Nobody's vacation notice answers a machine (RFC 3834).
	letter.SetGenHeader("Auto-Submitted", "auto-generated")
	letter.SetBodyString(mail.TypeTextPlain, message.Text)
	letter.AddAlternativeString(mail.TypeTextHTML, message.HTML)
	return letter, nil
}

// firstPermanent is the first reply code that says a repetition is bound to fail (RFC 5321).
const firstPermanent = 500

// refusal says of a failed attempt whether a repetition can help.
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

// preferContextErr prefers the end of ctx to the failure that closing the socket made of it.
func preferContextErr(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("the mail server did not answer in time: %w", ctx.Err())
	}
	return err
}

func ascii(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII })
}
