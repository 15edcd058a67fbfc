using System.Runtime.CompilerServices;

// The tests run the kernels at every register width, which the public constructor takes from the machine.
[assembly: InternalsVisibleTo("Fovea.Tests")]
