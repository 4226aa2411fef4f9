// Pictures as grids of greys, and how they looked before: looks.json of a folder of tests keeps them.
import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const [columns, rows] = [12, 16];

/** Opens the pictures of a folder. They are written to its screenshots/looks/, where index.html shows them. */
export async function openLooks(chrome, home) {
  const [kept, folder] = [path.join(home, 'looks.json'), path.join(home, 'screenshots', 'looks')];
  const [meter, seen] = [await chrome.newPage(), {}];
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });

  /** Takes a picture of what the window shows. */
  async function take(page, name) {
    const png = await page.screenshot({ animations: 'disabled', caret: 'hide' });
    await writeFile(path.join(folder, `${name}.png`), png);
    seen[name] = await greys(meter, png);
  }

  /** Fails on pictures that aren't as they were, of those that are chosen. */
  async function asBefore(chosen = () => true) {
    const before = process.env.UPDATE_LOOKS ? seen : JSON.parse(await readFile(kept, 'utf8'));
    const others = Object.keys(seen)
      .filter(chosen)
      .map(name => ({ name, ...apart(seen[name], before[name] ?? '') }))
      .filter(({ mean, most }) => mean > 0.35 || most > 5);
    assert.deepEqual(others, [], `look at ${path.join(folder, 'index.html')}`);
  }

  /** Writes the page that shows all pictures, and with UPDATE_LOOKS what they look like from now on. */
  async function close(index) {
    await writeFile(path.join(folder, 'index.html'), index);
    if (process.env.UPDATE_LOOKS) {
      await writeFile(kept, `${JSON.stringify(seen, null, 1)}\n`);
    }
  }

  return { take, asBefore, close };
}

/** The greys of a picture, 0 to 15, as hexadecimal digits row by row. */
async function greys(meter, png) {
  return meter.evaluate(async ([png, columns, rows]) => {
    const bytes = Uint8Array.from(atob(png), letter => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }), { resizeWidth: columns * 8, resizeHeight: rows * 8, resizeQuality: 'high' });
    const canvas = new OffscreenCanvas(columns, rows);
    const context = canvas.getContext('2d');
    context.imageSmoothingQuality = 'high';
    context.drawImage(image, 0, 0, columns, rows);
    const { data } = context.getImageData(0, 0, columns, rows);
    let text = '';
    for (let at = 0; at < data.length; at += 4) {
      text += Math.round(((data[at] * 0.2126 + data[at + 1] * 0.7152 + data[at + 2] * 0.0722) / 255) * 15).toString(16);
    }
    return text;
  }, [png.toString('base64'), columns, rows]);
}

/** How far two grids are apart: the mean and the largest difference, of 15. */
function apart(one, other) {
  const differences = [...one].map((grey, at) => Math.abs(parseInt(grey, 16) - parseInt(other[at] ?? '0', 16)));
  return { mean: differences.reduce((sum, one) => sum + one, 0) / differences.length, most: Math.max(...differences) };
}
