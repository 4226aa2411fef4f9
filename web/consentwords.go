package web

// consentWords are the words of a page of consent in one language.
type consentWords struct {
	Title, Ask, Button, Done, Invalid, TooOften, Later string
}

// text returns the words of an answer.
func (w consentWords) text(answered Answered) string {
	return map[Answered]string{
		AnsweredDone: w.Done, AnsweredInvalid: w.Invalid, AnsweredTooOften: w.TooOften, AnsweredLater: w.Later,
	}[answered]
}

var unsubscribeWords = map[string]consentWords{
	"en": {
		Title: "Unsubscribe", Ask: "Do you want no more messages of this kind?", Button: "Unsubscribe",
		Done:  "You are unsubscribed. If messages of this kind still come, use the link of the newest one.",
		Later: "This can’t be done right now. Please try again in a minute.",
	},
	"de": {
		Title: "Abbestellen", Ask: "Möchten Sie keine Nachrichten dieser Art mehr?", Button: "Abbestellen",
		Done:  "Sie haben abbestellt. Kommen weiterhin solche Nachrichten, benutzen Sie den Link der neuesten.",
		Later: "Das geht gerade nicht. Bitte versuchen Sie es in einer Minute noch einmal.",
	},
	"es": {
		Title: "Darse de baja", Ask: "¿No quiere recibir más mensajes de este tipo?", Button: "Darme de baja",
		Done:  "Se ha dado de baja. Si aún llegan mensajes de este tipo, use el enlace del más reciente.",
		Later: "Ahora mismo no es posible. Inténtelo de nuevo dentro de un minuto.",
	},
	"fr": {
		Title: "Se désabonner", Ask: "Ne voulez-vous plus recevoir de messages de ce genre ?", Button: "Me désabonner",
		Done:  "Vous êtes désabonné. Si de tels messages arrivent encore, utilisez le lien du plus récent.",
		Later: "C’est impossible pour l’instant. Réessayez dans une minute.",
	},
	"ja": {
		Title: "配信停止", Ask: "この種類のメッセージの配信を停止しますか？", Button: "配信を停止する",
		Done:  "配信を停止しました。まだ届く場合は、最新のメッセージのリンクをお使いください。",
		Later: "ただいま処理できません。一分後にもう一度お試しください。",
	},
	"pl": {
		Title: "Rezygnacja z wiadomości", Ask: "Nie chcesz już otrzymywać takich wiadomości?", Button: "Rezygnuję",
		Done:  "Zrezygnowano. Jeśli takie wiadomości nadal przychodzą, użyj linku z najnowszej z nich.",
		Later: "Teraz się nie udało. Spróbuj ponownie za minutę.",
	},
}

var confirmWords = map[string]consentWords{
	"en": {
		Title: "Newsletters", Ask: "Do you want newsletters to your e-mail address?", Button: "Yes, send me newsletters",
		Done:     "Thank you. You have confirmed that you want newsletters.",
		Invalid:  "This link was used before, or is too old. If you want newsletters, choose them in your account again.",
		TooOften: "There were too many tries. Please try again in a few minutes.",
		Later:    "This can’t be done right now. Please try again in a minute.",
	},
	"de": {
		Title: "Newsletter", Ask: "Möchten Sie Newsletter an Ihre E-Mail-Adresse?", Button: "Ja, Newsletter senden",
		Done:     "Danke. Sie haben bestätigt, dass Sie Newsletter möchten.",
		Invalid:  "Dieser Link wurde schon benutzt oder ist zu alt. Möchten Sie Newsletter, wählen Sie sie in Ihrem Konto noch einmal.",
		TooOften: "Es waren zu viele Versuche. Bitte versuchen Sie es in einigen Minuten noch einmal.",
		Later:    "Das geht gerade nicht. Bitte versuchen Sie es in einer Minute noch einmal.",
	},
	"es": {
		Title: "Boletines", Ask: "¿Quiere recibir boletines en su dirección de correo?", Button: "Sí, quiero los boletines",
		Done:     "Gracias. Ha confirmado que quiere recibir boletines.",
		Invalid:  "Este enlace ya se usó o es demasiado antiguo. Si quiere boletines, elíjalos otra vez en su cuenta.",
		TooOften: "Ha habido demasiados intentos. Inténtelo de nuevo dentro de unos minutos.",
		Later:    "Ahora mismo no es posible. Inténtelo de nuevo dentro de un minuto.",
	},
	"fr": {
		Title: "Newsletters", Ask: "Voulez-vous recevoir des newsletters à votre adresse e-mail ?",
		Button:   "Oui, je veux les newsletters",
		Done:     "Merci. Vous avez confirmé que vous voulez recevoir les newsletters.",
		Invalid:  "Ce lien a déjà servi ou est trop ancien. Si vous voulez des newsletters, choisissez-les à nouveau dans votre compte.",
		TooOften: "Il y a eu trop d’essais. Réessayez dans quelques minutes.",
		Later:    "C’est impossible pour l’instant. Réessayez dans une minute.",
	},
	"ja": {
		Title: "メールマガジン", Ask: "ご登録のアドレスでメールマガジンを受け取りますか？", Button: "メールマガジンを購読する",
		Done:     "ありがとうございます。メールマガジンの購読を確認しました。",
		Invalid:  "このリンクは使用済みか、期限が切れています。購読する場合は、アカウントでもう一度お選びください。",
		TooOften: "試行回数が多すぎます。数分後にもう一度お試しください。",
		Later:    "ただいま処理できません。一分後にもう一度お試しください。",
	},
	"pl": {
		Title: "Newslettery", Ask: "Czy chcesz otrzymywać newslettery na swój adres e-mail?", Button: "Tak, chcę newslettery",
		Done:     "Dziękujemy. Potwierdzono, że chcesz otrzymywać newslettery.",
		Invalid:  "Ten link był już użyty albo jest za stary. Jeśli chcesz otrzymywać newslettery, wybierz je ponownie na swoim koncie.",
		TooOften: "Było zbyt wiele prób. Spróbuj ponownie za kilka minut.",
		Later:    "Teraz się nie udało. Spróbuj ponownie za minutę.",
	},
}
