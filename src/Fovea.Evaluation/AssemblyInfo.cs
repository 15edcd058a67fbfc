using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Fovea.Tests")]
