using BenchmarkDotNet.Running;

// In the same process: the native libraries lie beside this program, and a generated project would not have them relaxed for
// older systems.
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run([.. args, "--inProcess"]);
