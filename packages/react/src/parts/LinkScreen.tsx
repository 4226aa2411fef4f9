import { useState, type ReactNode } from 'react';
import { Link } from 'wouter';
import { wrongField, type Problem } from '../errors';
import { useLinkToken } from '../hooks/useLinkToken';
import { Button } from './Button';
import { Field } from './Field';
import { Form, text } from './Form';
import { Notice, Screen } from './Screen';
import { t, type Key } from '../words';

/** One screen of a link: the form, and afterwards what came of it. */
export function LinkScreen({ title, intro, done, children }: { title: string; intro: string; done: Done | undefined; children: (token: string) => ReactNode }) {
  const { token, paste } = useLinkToken();
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
        <PasteLink paste={paste} />
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
function PasteLink({ paste }: { paste: (copied: string) => boolean }) {
  const [problems, setProblems] = useState<Problem[]>([]);

  function read(values: FormData) {
    if (!paste(text(values, 'link') ?? '')) {
      setProblems([wrongField('link', label => t('linkScreen.holdsNoTokenAt', { label }))]);
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
