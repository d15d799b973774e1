namespace Comity.Kernel.Data;

/// <summary>An entity that not everybody may see: it carries the number of its audience.</summary>
public interface ISeen
{
    int AudienceId { get; }
}

/// <summary>A part of a <see cref="ISeen"/> entity: it copies the audience of the whole, and is filtered by it as well.</summary>
public interface IPartOf<TWhole> : ISeen
    where TWhole : ISeen;

/// <summary>An entity without audience, and why that is right: nothing in it belongs to a participant's content.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PlumbingAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;
}

/// <summary>An entity whose concurrent changes are noticed: the version is raised at every save.</summary>
public interface IVersioned
{
    long Version { get; set; }
}
