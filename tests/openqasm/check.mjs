// Reads every OpenQASM file given as argument with a reader that is not ours and prints one line of JSON for each:
//   version 3: qasm-ts parses it; gate calls, definitions, measurements and inputs are counted;
//   version 2: quantum-circuit imports and runs it; probabilities[i] belongs to the basis state whose most significant bit is q[0].
// Exits with 1 when a file cannot be read.
import { readFileSync } from 'node:fs';
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
const { parseString } = await import('./node_modules/qasm-ts/dist/main.js');
const { default: QuantumCircuit } = await import('quantum-circuit');

function parseVersion3(text) {
  const nodes = parseString(text, 3, true);
  const count = (name) => nodes.filter((node) => node.__className__ === name).length;
  return {
    version: 3,
    gates: count('QuantumGateCall'),
    definitions: count('QuantumGateDefinition'),
    measurements: count('QuantumMeasurementAssignment'),
    inputs: nodes
      .filter((node) => node.__className__ === 'IODeclaration' && node.modifier === 'input')
      .map((node) => node.classicalType.identifier.name),
  };
}

function runVersion2(text) {
  const circuit = new QuantumCircuit();
  const complaints = [];
  // An unknown gate is left out with no more than a line on the console.
  const { log } = console;
  console.log = (...words) => complaints.push(words.join(' '));
  circuit.importQASM(text, (errors) => complaints.push(...errors.map((error) => JSON.stringify(error))));
  circuit.run();
  console.log = log;
  if (complaints.length > 0) throw new Error(complaints.join('; '));
  const wires = circuit.numQubits;
  const probabilities = new Array(2 ** wires).fill(0);
  for (const [index, amplitude] of Object.entries(circuit.state)) {
    probabilities[reverseBits(Number(index), wires)] = amplitude.re ** 2 + amplitude.im ** 2;
  }
  return { version: 2, gates: circuit.numGates() - wires, inputs: [], probabilities };
}

// quantum-circuit has q[0] as the least significant bit.
function reverseBits(index, width) {
  let reversed = 0;
  for (let bit = 0; bit < width; bit++) reversed |= ((index >> bit) & 1) << (width - 1 - bit);
  return reversed;
}

for (const file of process.argv.slice(2)) {
  try {
    const text = readFileSync(file, 'utf8');
    const result = /^OPENQASM 2/m.test(text) ? runVersion2(text) : parseVersion3(text);
    console.log(JSON.stringify({ file, ...result }));
  } catch (error) {
    console.error(`${file}: ${error.message ?? error}`);
    process.exitCode = 1;
  }
}
