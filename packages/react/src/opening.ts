import { findCookie } from './client';
import type { Config } from './config';
import { begin } from './languages';
import * as leaving from './leaving';
import { askOtherTabs } from './session';

/** Finds out who is signed in, and loads the first words. It fails where the server can't be asked, and may be called again. */
export async function open(config: Config): Promise<void> {
  await Promise.all([askOtherTabs(), begin()]);
  if (!leaving.resume(config)) {
    await findCookie(config);
  }
}

/** How long to wait before it is tried again, in milliseconds. */
export const patience = 5000;
