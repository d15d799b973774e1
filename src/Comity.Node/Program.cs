using Comity.Node;
using Comity.Node.Commands;
using Comity.Node.Hosting;

Umask.Close();
return await CommandLine.RunAsync(Rooms.Catalog, args);
