import { build } from './stages/build.ts';
import { checks } from './stages/checks.ts';
import { e2e } from './stages/e2e.ts';
import { integration } from './stages/integration.ts';
import { network } from './stages/network.ts';
import { page } from './stages/page.ts';
import { runStages } from './stages/program.ts';
import { getVSCode } from './stages/vscode.ts';

const vscode = getVSCode();
await runStages([build], [...checks, network(), vscode, page(), integration(), e2e()]);
