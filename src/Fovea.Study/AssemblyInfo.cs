using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Fovea.Tensor.Tests")]
