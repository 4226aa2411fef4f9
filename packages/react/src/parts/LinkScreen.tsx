import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { wrongField, type Problem } from '../errors';
import { Button } from './Button';
import { Field } from './Field';
import { Form, text } from './Form';
import { Notice, Screen } from './Screen';
import { t, type Key } from '../words';

// The screens that the links in mails open. The token stands in the fragment, which browsers send
// to no server and so to no server's log. Opening a screen changes nothing, because mail scanners
// open links, too: only its button does.

function readToken(): string {
  return new URLSearchParams(location.hash.slice(1)).get('token')?.trim() ?? '';
}

/** The token of what somebody copied from a mail: the link, or only the end of it. */
function tokenOf(copied: string): string {
  return (copied.split('token=').at(-1) ?? '').replace(/[\s<>"]/g, '');
}

/** The token is used up; the address goes on without it. */
export function forgetToken() {
  history.replaceState(history.state, '', location.pathname);
}

/** One screen of a link: the form, and afterwards what came of it. */
export function LinkScreen({ title, intro, done, children }: { title: string; intro: string; done: Done | undefined; children: (token: string) => ReactNode }) {
  const [token, setToken] = useState(readToken);
  if (done) {
    return (
      <Screen title={done.title()} back={false}>
        <Notice kind="good">{done.text()}</Notice>
        <p className="other">{done.next()}</p>
      </Screen>
    );
  }
  if (token === '') {
    return (
      <Screen title={title} back={false} intro={intro}>
        <PasteLink use={setToken} />
      </Screen>
    );
  }
  return (
    <Screen title={title} back={false} intro={intro}>
      {children(token)}
    </Screen>
  );
}

/** Some mail programs cut a link in two. */
function PasteLink({ use }: { use: (token: string) => void }) {
  const [problems, setProblems] = useState<Problem[]>([]);

  function read(values: FormData) {
    const token = tokenOf(text(values, 'link') ?? '');
    if (token === '') {
      setProblems([wrongField('link', label => t('linkScreen.holdsNoTokenAt', { label }))]);
    } else {
      use(token);
    }
  }

  return (
    <>
      <Notice kind="warn">{t('linkScreen.theAddressOfThis')}</Notice>
      <Form
        problems={problems}
        setProblems={setProblems}
        onSubmit={read}
        actions={
          <Button type="submit" look="primary">
            {t('linkScreen.goOn')}
          </Button>
        }
      >
        <Field name="link" label={t('linkScreen.linkFromTheMail')} autoComplete="off" autoCapitalize="none" spellCheck={false} required />
      </Form>
      <p className="other">
        <Link href="/">{t('common.goToYourAccount')}</Link>
      </p>
    </>
  );
}

/** Where a link that is void can be replaced. */
export function instead(path: string, words: Key) {
  return ({ code }: Problem) =>
    code === 'TOKEN_INVALID' && (
      <p>
        <Link href={path}>{t(words)}</Link>
      </p>
    );
}

/** What came of a link. */
export interface Done {
  title: () => string;
  text: () => string;
  next: () => ReactNode;
}

export const toSignIn = () => (
  <Link href="/sign-in" className="button primary">
    {t('common.signIn')}
  </Link>
);

export const toAccount = () => (
  <Link href="/" className="button primary">
    {t('common.goToYourAccount')}
  </Link>
);
