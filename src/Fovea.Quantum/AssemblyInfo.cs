using System.Runtime.CompilerServices;

// The tests run the kernels at every register width, which the public constructor takes from the machine.
[assembly: InternalsVisibleTo("Fovea.Tests")]

// The models lay the same trigonometric form out as tensor operations, so that a layer on a GPU stays there.
[assembly: InternalsVisibleTo("Fovea.Models")]
