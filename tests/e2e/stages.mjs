// What the browser's tests of a file stand on: a demo, a browser, and each role signed in there.
import { after, before } from 'node:test';
import { Ways } from './every_page_ways.mjs';
import { open_browser, open_demo } from './pages_browser.mjs';

// The server's binary comes by KAIKU_SERVER or as the file's argument. `demo` and `browser` are
// there once the tests run; `prepare` is done before the first of them.
export function set_the_stages(roles, prepare = async () => {}) {
  const theatre = {
    server_binary: process.env.KAIKU_SERVER ?? process.argv[2],
    demo: undefined,
    browser: undefined,
    stages: new Map(),
  };
  before(
    async () => {
      theatre.demo = await open_demo(theatre.server_binary);
      theatre.browser = await open_browser();
      await Promise.all(
        roles.map(async (role) =>
          theatre.stages.set(role, await Ways.open(theatre.demo, theatre.browser, role)),
        ),
      );
      await prepare(theatre);
    },
    { timeout: 450_000 },
  );
  after(async () => {
    await theatre.browser?.close();
    await theatre.demo?.close();
  });
  return theatre;
}
