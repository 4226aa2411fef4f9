package password

import (
	"errors"
	"strings"
	"testing"

	"github.com/accountql/accountql/models"
)

// This file guards R-PWD9 for people who write a language other than English, and for misspelt passwords.

// TestCommonPasswordsOfOtherLanguages guards that names, clubs, cities and pet names of other languages are
// rejected, because they are also tried first.
func TestCommonPasswordsOfOtherLanguages(t *testing.T) {
	for language, passwords := range map[string]string{
		"Russian":    "солнышко александр екатерина Пароль1! пароль123 привет123 наташа123 Москва2024 спартак1922 любовь123 зенит2023 йцукен123 мойпароль gfhjkm123",
		"Ukrainian":  "кохання1 Привіт123 славаукраїні Сонечко2024 Олександр1",
		"German":     "willkommen Willkommen2025 Sonnenschein1 Passwort1! ichliebedich fcbayern1900 Fruehling2024",
		"French":     "Motdepasse1 Bonjour123! nicolas75 jetaime123 printemps2024 psg12345 parissg75",
		"Spanish":    "contraseña1 micontraseña tequieromucho Primavera2024! barcelona10 mexico123",
		"Italian":    "amoremio1 ForzaJuve1 buongiorno1 vaffanculo1 Settembre2024",
		"Portuguese": "minhasenha1 coração123 flamengo10 deusefiel Fevereiro2024!",
		"Polish":     "haslo123 kochamcie1 legia1916 Październik2024 dziendobry1",
		"Turkish":    "seviyorum seviyorum1 şifre123 askim123 canim123 galatasaray1905 Günaydın1",
		"Dutch":      "wachtwoord1 Welkom01 feyenoord1 ikhouvanjou Zonneschijn1",
		"Swedish":    "lösenord1 sommar2024 jagälskardig Göteborg1",
		"Czech":      "heslo123 slunicko1 miluju123 spartapraha1",
		"Japanese":   "パスワード123 ぱすわーど123 himitsu1 arigatou1 daisuki123",
		"Chinese":    "woaini1314 aini1314 我爱你1314520 aiyouwoqu shengrikuaile nihao123",
		"Hindi":      "jaishriram1 meriJaan1 meraBharat1 radheradhe1 viratkohli18",
		"Arabic":     "alhamdulillah1 habibi123 bismillah786 مرحبا123",
		"Korean":     "saranghae1 annyeong1 비밀번호1234 tkfkdgo12",
		"everybody":  "winteriscoming WinterIsComing1 leagueoflegends MayTheForce1 correcthorsebatterystaple thequickbrownfox SpringSummer2024 ynwa1892 tobeornottobe",
	} {
		for password := range strings.FieldsSeq(passwords) {
			if !refused(t, password) {
				t.Errorf("%s: %q is accepted", language, password)
			}
		}
	}
}

// TestMisspeltPasswordsAreRefused guards that a typo does not turn a common password into a good one (R-PWD9).
func TestMisspeltPasswordsAreRefused(t *testing.T) {
	for kind, passwords := range map[string][]string{
		"a letter is doubled":        {"passworrd", "paassword", "Sunnshine2024!", "ddragonfly"},
		"two letters changed places": {"passwrod1", "sunhsine1", "passowrd12", "fotoball1"},
		"w is vv":                    {"Passvvord1", "vvelcome123"},
		"a sign hides a vowel":       {"F*ckyou1", "p#ssword", "sh*thead"},
		"a number stands in between": {"password1password", "dragon2024dragon", "Welcome123Welcome!"},
		"letters of another alphabet": {
			"pаssword123", "раsswоrd", "pαssword1", "SUΝSHINΕ1", "Пaроль123", "привeт2024",
		},
		"a phrase without its spaces": {
			"correcthorsebatterystaple", "correct-horse-battery-staple", "CorrectHorseBatteryStaple1",
		},
		"one word with spaces over it": {"password password password password", "p a s s w o r d 1"},
	} {
		for _, password := range passwords {
			if !refused(t, password) {
				t.Errorf("%s: %q is accepted", kind, password)
			}
		}
	}

	for _, password := range []string{
		"correct horse battery staple", "Correct Horse Battery Staple", "vvhale-lantern-tulip", "dragon*lantern*tulip",
		"dragon1lantern", "пароль не угадать", "кошка пьёт молоко",
		"éclair über smörgås", "wolf wolf moon river lake", "жёлтый yellow слон", "αυτό είναι δύσκολο",
		"password83746519password", "dragon lantern dragon",
	} {
		if err := policy.Check("password", password, jane...); err != nil {
			t.Errorf("%q is refused: %v", password, err)
		}
	}
}

// TestOwnDataInAnotherAlphabet guards that a customer's data is also recognised in letters of another alphabet that
// look the same.
func TestOwnDataInAnotherAlphabet(t *testing.T) {
	var rejected *models.Error
	if err := policy.Check("password", "Smithеrееns1",
		jane...); !errors.As(err, &rejected) || rejected.Reason != models.ReasonOwnData {
		t.Errorf("Smithereens with Cyrillic letters: %v", err)
	}
}
